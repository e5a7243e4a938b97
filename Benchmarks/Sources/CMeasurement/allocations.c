#include "CMeasurement.h"

#if defined(__GLIBC__) || defined(__linux__)
#include <features.h>
#endif

#ifdef __GLIBC__
#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <string.h>

// The program's own malloc comes before the C library's, for the Swift runtime too. Measured code runs on one thread.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static bool is_counting;
static uint64_t calls;
static int64_t held, peak;

static void *taken(void *block) {
  if (is_counting && block) {
    calls++;
    held += (int64_t)malloc_usable_size(block);
    if (held > peak) peak = held;
  }
  return block;
}

static void given(void *block) {
  if (is_counting && block) held -= (int64_t)malloc_usable_size(block);
}

void *malloc(size_t size) { return taken(__libc_malloc(size)); }
void *calloc(size_t number, size_t size) { return taken(__libc_calloc(number, size)); }
void *memalign(size_t alignment, size_t size) { return taken(__libc_memalign(alignment, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

void *realloc(void *block, size_t size) {
  given(block);
  return taken(__libc_realloc(block, size));
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  *block = memalign(alignment, size);
  return *block ? 0 : ENOMEM;
}

void free(void *block) {
  given(block);
  __libc_free(block);
}

void cm_start_counting(void) {
  calls = 0;
  held = peak = 0;
  is_counting = true;
}

cm_allocations cm_end_counting(void) {
  is_counting = false;
  return (cm_allocations){.calls = calls, .peak_bytes = (uint64_t)peak};
}

#else

void cm_start_counting(void) {}
cm_allocations cm_end_counting(void) { return (cm_allocations){0, 0}; }

#endif
