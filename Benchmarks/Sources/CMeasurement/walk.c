#include "CMeasurement.h"
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

size_t cm_walk(const void *bytes, size_t count) {
  const char *place = bytes, *end = place + count;
  size_t lines = 0;
  while (place < end && (place = memchr(place, '\n', (size_t)(end - place)))) {
    lines++;
    place++;
  }
  return lines;
}

size_t cm_touch(size_t count) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  char *bytes = mmap(NULL, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
  if (bytes == MAP_FAILED) return 0;
  for (size_t place = 0; place < count; place += page) bytes[place] = 1;
  munmap(bytes, count);
  return (count + page - 1) / page;
}
