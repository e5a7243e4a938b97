#include "CMeasurement.h"
#include <string.h>

size_t cm_walk(const void *bytes, size_t count) {
  const char *place = bytes, *end = place + count;
  size_t lines = 0;
  while (place < end && (place = memchr(place, '\n', (size_t)(end - place)))) {
    lines++;
    place++;
  }
  return lines;
}
