#pragma once
#include <stddef.h>
#include <stdint.h>

// How many LFs there are, found with memchr: the least that anything which looks at every line can do.
size_t cm_walk(const void *bytes, size_t count);

// Asks the system for so many new bytes, writes to each of their pages and gives them back; the number of pages.
size_t cm_touch(size_t count);

// Allocations of this process between a start and an end. Linux with glibc only: elsewhere all figures are 0.
typedef struct {
  uint64_t calls;      // of malloc, calloc, realloc and the aligned ones
  uint64_t peak_bytes; // the most that was held at one time beyond what was held at the start
} cm_allocations;

void cm_start_counting(void);
cm_allocations cm_end_counting(void);
