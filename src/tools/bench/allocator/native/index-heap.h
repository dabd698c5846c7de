/* First fit in address order by the index of src/heap/: the same tags, the same tree, the same steps. It grows at the top by what
 * is missing, and its addresses are those of FreeList. Tables have their full length at once: the system gives the memory when
 * it is used. */
#include <stdbool.h>
#include <sys/mman.h>

#define UNIT 16
#define NONE (-1)
#define MOST_UNITS (1 << 28)

typedef int32_t address;

/* MaxTree (max-tree.ts): a row, and above it levels of maxima of four. */
#define WIDTH 4
#define TREE_LEVELS 12
static int32_t *tree[TREE_LEVELS];
static int top_level = 0;

static int32_t max_of(const int32_t *row) {
  int32_t max = 0;
  for (int i = 0; i < WIDTH; i++)
    if (row[i] > max) max = row[i];
  return max;
}

static inline uint32_t less(int32_t a, int32_t b) { return (uint32_t)(a - b) >> 31; }

static inline int32_t first_of(const int32_t *row, int32_t value) {
  uint32_t one = less(row[0], value), two = one & less(row[1], value), three = two & less(row[2], value);
  return one + two + three;
}

static void set_max(int32_t i, int32_t value) {
  int32_t old = tree[0][i];
  tree[0][i] = value;
  for (int k = 1; k <= top_level; k++) {
    int32_t at = i / WIDTH, is = tree[k][at];
    if (value < is) {
      if (is != old) return;
      value = max_of(&tree[k - 1][at * WIDTH]);
    }
    if (value == is) return;
    tree[k][at] = value;
    i = at;
  }
}

static int32_t first_max(int32_t value) {
  int32_t at = first_of(tree[top_level], value);
  if (tree[top_level][at] < value) return NONE;
  for (int k = top_level - 1; k >= 0; k--) {
    at *= WIDTH;
    at += first_of(&tree[k][at], value);
  }
  return at;
}

/* Arena (arena.ts): boundary tags, a byte a unit, and the sizes of long blocks. */
#define LONG 127
#define APART 6
static int8_t *tags;
static int32_t *long_from, *long_to, units = 0;

static inline int32_t size_at(int32_t unit) {
  int32_t size = abs(tags[unit]);
  return size < LONG ? size : long_from[unit >> APART];
}

static inline int32_t hole_before(int32_t unit) {
  int32_t tag = unit > 0 ? tags[unit - 1] : 0;
  if (tag >= 0) return NONE;
  return unit - (tag > -LONG ? -tag : long_to[(unit - 1) >> APART]);
}

static inline void put_block(int32_t unit, int32_t size) {
  if (size >= LONG) {
    long_from[unit >> APART] = size;
    size = LONG;
  }
  tags[unit] = size;
}

static inline void put_hole(int32_t unit, int32_t size) {
  int32_t last = unit + size - 1;
  if (size >= LONG) {
    long_from[unit >> APART] = long_to[last >> APART] = size;
    size = LONG;
  }
  tags[unit] = tags[last] = -size;
}

static inline void delete_hole(int32_t unit) {
  tags[unit + size_at(unit) - 1] = 0;
  tags[unit] = 0;
}

/* AddressList (address-list.ts): for every 32 units the holes that start there, a bit each, and the size of the largest. */
static uint32_t *words;

static void refresh(int32_t group) {
  int32_t largest = 0;
  for (uint32_t word = words[group]; word != 0; word &= word - 1) {
    int32_t size = size_at((group << 5) + __builtin_ctz(word));
    if (size > largest) largest = size;
  }
  set_max(group, largest);
}

static inline void list_take(int32_t hole) {
  words[hole >> 5] &= ~(1u << (hole & 31));
  refresh(hole >> 5);
}

static inline void list_put(int32_t hole, int32_t size, int32_t right) {
  words[hole >> 5] |= 1u << (hole & 31);
  if (size > tree[0][hole >> 5]) set_max(hole >> 5, size);
  if (right != NONE) list_take(right);
}

static int32_t first_fit(int32_t size) {
  int32_t group = first_max(size);
  if (group == NONE) return NONE;
  uint32_t word = words[group];
  int32_t hole;
  while (size_at(hole = (group << 5) + __builtin_ctz(word)) < size) word &= word - 1;
  return hole;
}

static void *row_of(size_t bytes) {
  void *row = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (row == MAP_FAILED) exit(1);
  return row;
}

static void heap_make(void) {
  tags = row_of(MOST_UNITS + 1);
  long_from = row_of(MOST_UNITS / 64 * sizeof *long_from);
  long_to = row_of(MOST_UNITS / 64 * sizeof *long_to);
  words = row_of(MOST_UNITS / 32 * sizeof *words);
  size_t length = MOST_UNITS / 32;
  for (int k = 0; k < TREE_LEVELS; k++, length = length / WIDTH + 1) tree[k] = row_of((length + WIDTH) * sizeof **tree);
}

/* FreeSpace (free-space.ts). */
static void use_up(int32_t hole) {
  delete_hole(hole);
  list_take(hole);
}

static address allocate_at_top(int32_t size) {
  int32_t hole = hole_before(units), unit = hole == NONE ? units : hole;
  if (unit + size >= MOST_UNITS) exit(1);
  if (hole != NONE) use_up(hole);
  units = unit + size;
  while (units >> 5 >= 1 << 2 * (top_level + 1)) {
    tree[top_level + 1][0] = max_of(tree[top_level]);
    top_level++;
  }
  put_block(unit, size);
  return unit * UNIT;
}

static address heap_malloc(int32_t request) {
  int32_t size = request == 0 ? 1 : (request + UNIT - 1) / UNIT;
  int32_t hole = first_fit(size);
  if (hole == NONE) return allocate_at_top(size);
  int32_t rest = size_at(hole) - size;
  if (rest == 0)
    use_up(hole);
  else {
    delete_hole(hole);
    put_hole(hole + size, rest);
    words[hole >> 5] &= ~(1u << (hole & 31));
    list_put(hole + size, rest, NONE);
    refresh(hole >> 5);
  }
  put_block(hole, size);
  return hole * UNIT;
}

static bool heap_free(address block) {
  int32_t unit = block / UNIT;
  if (unit < 0 || unit * UNIT != block || unit >= units || tags[unit] <= 0) return false;
  int32_t end = unit + size_at(unit), left = hole_before(unit), right = NONE, hole = unit;
  tags[unit] = 0;
  if (tags[end] < 0) {
    right = end;
    end += size_at(right);
    delete_hole(right);
  }
  if (left != NONE) {
    delete_hole(left);
    hole = left;
  }
  put_hole(hole, end - hole);
  list_put(hole, end - hole, right);
  return true;
}
