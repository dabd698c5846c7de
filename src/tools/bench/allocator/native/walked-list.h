/* A free list as textbooks have it, in address order, walked from its head: by malloc to the first hole that is large enough, by
 * free to the place of the block. It grows at the top by what is missing. Blocks are counted in units, and each unit has
 * room for the two words of a block that starts there, so that the addresses are those of FreeList. */
#include <stdbool.h>

#define UNIT 16
#define NONE (-1)

typedef int32_t address;

static struct {
  int32_t size; /* units of the block that starts here; 0 for none */
  int32_t next; /* of a hole: where the next one starts */
} *at;
static int32_t head = NONE, units = 0, room = 0;

static void heap_make(void) {}

static void reserve(int32_t most) {
  if (most <= room) return;
  room = 2 * most;
  at = realloc(at, room * sizeof *at);
  if (!at) exit(1);
}

static address heap_malloc(int32_t request) {
  int32_t size = (request + UNIT - 1) / UNIT;
  int32_t *link = &head, last = NONE;
  for (int32_t hole = head; hole != NONE; hole = at[hole].next) {
    int32_t rest = at[hole].size - size;
    if (rest >= 0) {
      at[hole].size = size;
      if (rest > 0) {
        at[hole + size].size = rest;
        at[hole + size].next = at[hole].next;
        *link = hole + size;
      } else
        *link = at[hole].next;
      return hole * UNIT;
    }
    if (at[hole].next != NONE) link = &at[hole].next;
    last = hole;
  }
  int32_t unit = last != NONE && last + at[last].size == units ? last : units;
  if (unit == last) *link = NONE;
  reserve(unit + size);
  at[unit].size = size;
  units = unit + size;
  return unit * UNIT;
}

static void heap_free(address block) {
  int32_t unit = block / UNIT, before = NONE, after = head;
  while (after != NONE && after < unit) {
    before = after;
    after = at[after].next;
  }
  if (after != NONE && unit + at[unit].size == after) {
    at[unit].size += at[after].size;
    after = at[after].next;
  }
  at[unit].next = after;
  if (before == NONE)
    head = unit;
  else if (before + at[before].size == unit) {
    at[before].size += at[unit].size;
    at[before].next = after;
  } else
    at[before].next = unit;
}
