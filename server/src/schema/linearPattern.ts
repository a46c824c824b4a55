/** One instruction of a compiled pattern. Targets are indices into the program. */
type Instruction =
  | { readonly op: 'characters'; readonly set: CharacterSet }
  | { readonly op: 'split'; readonly targets: readonly number[] }
  | { readonly op: 'assert'; readonly what: 'textStart' | 'textEnd' | 'lineStart' | 'lineEnd' | 'word' | 'notWord' }
  | { readonly op: 'match' };

interface CharacterSet {
  /** Pairs of first and last code point. */
  readonly ranges: readonly number[];
  readonly negated: boolean;
  readonly ignoreCase: boolean;
}

type Tree =
  | { readonly kind: 'characters'; readonly set: CharacterSet }
  | { readonly kind: 'assert'; readonly what: Extract<Instruction, { op: 'assert' }>['what'] }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number };

/** Go refuses to repeat more often than this. */
const MAXIMUM_REPEAT = 1000;
const MAXIMUM_PROGRAM = 5000;

/** The pattern is not in the syntax that this matcher knows. */
class UnknownSyntax extends Error {}

/**
 * A regular expression in the syntax of Go (RE2) that needs time in proportion to the text, whatever the pattern is:
 * patterns come from files that nobody vouches for. It tells whether there is a match, not where.
 *
 * Not known: classes of Unicode properties (`\p`), `\Q…\E`, `\C`.
 */
export class LinearPattern {
  readonly #program: readonly Instruction[];

  private constructor(program: readonly Instruction[]) {
    this.#program = program;
  }

  /** The compiled pattern; undefined when it is not valid, not known, or larger than any that people write. */
  static compile(pattern: string): LinearPattern | undefined {
    try {
      const program: Instruction[] = [];
      emit(new PatternReader(pattern).read(), program);
      program.push({ op: 'match' });
      return new LinearPattern(program);
    } catch (error) {
      if (error instanceof UnknownSyntax) return undefined;
      throw error;
    }
  }

  /** Steps that a text of this length may need. */
  cost(length: number): number {
    return this.#program.length * (length + 1);
  }

  /** Whether the pattern matches anywhere in `text`. */
  test(text: string): boolean {
    const points = Array.from(text, (character) => character.codePointAt(0)!);
    let threads = new Set<number>();
    for (let index = 0; index <= points.length; index++) {
      // A match may begin at each position.
      if (this.#follow(0, threads, points, index)) return true;
      const next = new Set<number>();
      const point = points[index];
      if (point === undefined) return false;
      for (const thread of threads) {
        const instruction = this.#program[thread]!;
        if (instruction.op !== 'characters' || !holds(instruction.set, point)) continue;
        if (this.#follow(thread + 1, next, points, index + 1)) return true;
      }
      threads = next;
    }
    return false;
  }

  /** Adds all instructions that are reached from `start` without reading; true when the match is one of them. */
  #follow(start: number, threads: Set<number>, points: readonly number[], index: number): boolean {
    const pending = [start];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (threads.has(at)) continue;
      threads.add(at);
      const instruction = this.#program[at]!;
      if (instruction.op === 'match') return true;
      if (instruction.op === 'split') pending.push(...instruction.targets);
      else if (instruction.op === 'assert' && asserts(instruction.what, points, index)) pending.push(at + 1);
    }
    return false;
  }
}

function emit(tree: Tree, program: Instruction[]): void {
  if (program.length > MAXIMUM_PROGRAM) throw new UnknownSyntax();
  switch (tree.kind) {
    case 'characters':
      program.push({ op: 'characters', set: tree.set });
      break;
    case 'assert':
      program.push({ op: 'assert', what: tree.what });
      break;
    case 'sequence':
      for (const part of tree.parts) emit(part, program);
      break;
    case 'choice': {
      const targets: number[] = [];
      const ends: number[][] = [];
      program.push({ op: 'split', targets });
      for (const part of tree.parts) {
        targets.push(program.length);
        emit(part, program);
        const end: number[] = [];
        program.push({ op: 'split', targets: end });
        ends.push(end);
      }
      for (const end of ends) end.push(program.length);
      break;
    }
    case 'repeat': {
      for (let count = 0; count < tree.least; count++) emit(tree.part, program);
      if (tree.most === Infinity) {
        const targets = [program.length + 1];
        const start = program.push({ op: 'split', targets }) - 1;
        emit(tree.part, program);
        program.push({ op: 'split', targets: [start] });
        targets.push(program.length);
      } else {
        for (let count = tree.least; count < tree.most; count++) {
          const targets = [program.length + 1];
          program.push({ op: 'split', targets });
          emit(tree.part, program);
          targets.push(program.length);
        }
      }
    }
  }
}

function holds(set: CharacterSet, point: number): boolean {
  let inside = within(set.ranges, point);
  if (!inside && set.ignoreCase) {
    const character = String.fromCodePoint(point);
    inside =
      within(set.ranges, character.toLowerCase().codePointAt(0)!) ||
      within(set.ranges, character.toUpperCase().codePointAt(0)!);
  }
  return inside !== set.negated;
}

function within(ranges: readonly number[], point: number): boolean {
  for (let index = 0; index < ranges.length; index += 2) {
    if (point >= ranges[index]! && point <= ranges[index + 1]!) return true;
  }
  return false;
}

function asserts(what: string, points: readonly number[], index: number): boolean {
  switch (what) {
    case 'textStart':
      return index === 0;
    case 'textEnd':
      return index === points.length;
    case 'lineStart':
      return index === 0 || points[index - 1] === 10;
    case 'lineEnd':
      return index === points.length || points[index] === 10;
    default: {
      const isWord = (point: number | undefined) => point !== undefined && within(WORD, point);
      return (isWord(points[index - 1]) !== isWord(points[index])) === (what === 'word');
    }
  }
}

const DIGIT = [48, 57];
const WORD = [48, 57, 65, 90, 95, 95, 97, 122];
const SPACE = [9, 10, 12, 13, 32, 32];
const POSIX: Readonly<Record<string, readonly number[]>> = {
  alnum: [48, 57, 65, 90, 97, 122],
  alpha: [65, 90, 97, 122],
  ascii: [0, 127],
  blank: [9, 9, 32, 32],
  cntrl: [0, 31, 127, 127],
  digit: DIGIT,
  graph: [33, 126],
  lower: [97, 122],
  print: [32, 126],
  punct: [33, 47, 58, 64, 91, 96, 123, 126],
  space: [9, 13, 32, 32],
  upper: [65, 90],
  word: WORD,
  xdigit: [48, 57, 65, 70, 97, 102],
};
const LETTER_ESCAPES: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const LAST_POINT = 0x10ffff;

class PatternReader {
  readonly #characters: readonly string[];
  #at = 0;
  #ignoreCase = false;
  #multiline = false;
  #dotAll = false;

  constructor(pattern: string) {
    this.#characters = Array.from(pattern);
  }

  read(): Tree {
    const tree = this.#choice();
    if (this.#at < this.#characters.length) throw new UnknownSyntax();
    return tree;
  }

  #choice(): Tree {
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  #sequence(): Tree {
    const parts: Tree[] = [];
    for (;;) {
      const next = this.#peek();
      if (next === undefined || next === '|' || next === ')') return { kind: 'sequence', parts };
      const atom = this.#atom();
      if (atom) parts.push(this.#repeated(atom));
    }
  }

  #repeated(part: Tree): Tree {
    const range = this.#range();
    if (!range) return part;
    // Lazy repeats match the same texts.
    this.#take('?');
    if (this.#range()) throw new UnknownSyntax();
    const [least, most] = range;
    if (least > MAXIMUM_REPEAT || (most !== Infinity && most > MAXIMUM_REPEAT) || least > most)
      throw new UnknownSyntax();
    return { kind: 'repeat', part, least, most };
  }

  #range(): [least: number, most: number] | undefined {
    if (this.#take('*')) return [0, Infinity];
    if (this.#take('+')) return [1, Infinity];
    if (this.#take('?')) return [0, 1];
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.#characters.slice(this.#at, this.#at + 16).join(''));
    if (!counted) return undefined;
    this.#at += counted[0].length;
    const least = Number(counted[1]);
    return [least, counted[2] === undefined ? least : counted[3] === '' ? Infinity : Number(counted[3])];
  }

  /** Undefined for what matches nothing by itself, such as flags. */
  #atom(): Tree | undefined {
    const character = this.#next();
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return { kind: 'characters', set: this.#class() };
      case '.':
        return this.#characterTree(this.#dotAll ? [0, LAST_POINT] : [0, 9, 11, LAST_POINT]);
      case '^':
        return { kind: 'assert', what: this.#multiline ? 'lineStart' : 'textStart' };
      case '$':
        return { kind: 'assert', what: this.#multiline ? 'lineEnd' : 'textEnd' };
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        throw new UnknownSyntax();
      default: {
        const point = character.codePointAt(0)!;
        return this.#characterTree([point, point]);
      }
    }
  }

  #group(): Tree | undefined {
    const flags = [this.#ignoreCase, this.#multiline, this.#dotAll] as const;
    if (this.#take('?')) {
      if (this.#take('P') || this.#peek() === '<') {
        this.#expect('<');
        if (this.#peek() === '=' || this.#peek() === '!') throw new UnknownSyntax();
        while (!this.#take('>')) this.#next();
      } else if (!this.#flags()) {
        return undefined;
      }
    }
    const tree = this.#choice();
    this.#expect(')');
    [this.#ignoreCase, this.#multiline, this.#dotAll] = flags;
    return tree;
  }

  /** Reads `i-s:` or `i)`; false when the flags hold to the end of the enclosing group. */
  #flags(): boolean {
    let on = true;
    for (;;) {
      const flag = this.#next();
      if (flag === ':') return true;
      if (flag === ')') return false;
      if (flag === '-') on = false;
      else if (flag === 'i') this.#ignoreCase = on;
      else if (flag === 'm') this.#multiline = on;
      else if (flag === 's') this.#dotAll = on;
      else if (flag !== 'U') throw new UnknownSyntax();
    }
  }

  #escape(): Tree {
    const letter = this.#peek();
    const assertions = { A: 'textStart', z: 'textEnd', b: 'word', B: 'notWord' } as const;
    if (letter !== undefined && letter in assertions) {
      this.#at++;
      return { kind: 'assert', what: assertions[letter as keyof typeof assertions] };
    }
    return this.#characterTree(this.#escaped());
  }

  /** The ranges of what stands after a backslash. */
  #escaped(): readonly number[] {
    const letter = this.#next();
    switch (letter) {
      case 'd':
        return DIGIT;
      case 'D':
        return complement(DIGIT);
      case 'w':
        return WORD;
      case 'W':
        return complement(WORD);
      case 's':
        return SPACE;
      case 'S':
        return complement(SPACE);
      case 'x': {
        const digits = this.#take('{') ? this.#until('}') : this.#next() + this.#next();
        if (!/^[0-9a-fA-F]{1,6}$/.test(digits)) throw new UnknownSyntax();
        const point = Number.parseInt(digits, 16);
        return [point, point];
      }
      default: {
        const point = LETTER_ESCAPES[letter] ?? letter.codePointAt(0)!;
        // Other letters and digits mean something else in Go, or nothing.
        if (/[A-Za-z0-9]/.test(letter) && !(letter in LETTER_ESCAPES)) throw new UnknownSyntax();
        return [point, point];
      }
    }
  }

  #class(): CharacterSet {
    const negated = this.#take('^');
    const ranges: number[] = [];
    let first = true;
    while (first || this.#peek() !== ']') {
      first = false;
      const posix = /^\[:(\^?)(\w+):\]/.exec(this.#characters.slice(this.#at, this.#at + 12).join(''));
      if (posix) {
        const named = POSIX[posix[2]!] ?? unknown();
        ranges.push(...(posix[1] === '^' ? complement(named) : named));
        this.#at += posix[0].length;
        continue;
      }
      const from = this.#classItem();
      const isPoint = from.length === 2 && from[0] === from[1];
      if (isPoint && this.#peek() === '-' && this.#peek(1) !== ']' && this.#peek(1) !== undefined) {
        this.#at++;
        const to = this.#classItem();
        if (to.length !== 2 || to[0] !== to[1] || to[0]! < from[0]!) throw new UnknownSyntax();
        ranges.push(from[0]!, to[0]!);
      } else {
        ranges.push(...from);
      }
    }
    this.#at++;
    return { ranges, negated, ignoreCase: this.#ignoreCase };
  }

  #classItem(): readonly number[] {
    const character = this.#next();
    if (character === '\\') return this.#escaped();
    const point = character.codePointAt(0)!;
    return [point, point];
  }

  #characterTree(ranges: readonly number[]): Tree {
    return { kind: 'characters', set: { ranges, negated: false, ignoreCase: this.#ignoreCase } };
  }

  #until(end: string): string {
    let text = '';
    while (!this.#take(end)) text += this.#next();
    return text;
  }

  #peek(ahead = 0): string | undefined {
    return this.#characters[this.#at + ahead];
  }

  #next(): string {
    return this.#characters[this.#at++] ?? unknown();
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw new UnknownSyntax();
  }
}

function unknown(): never {
  throw new UnknownSyntax();
}

/** All other code points. The ranges are in order. */
function complement(ranges: readonly number[]): readonly number[] {
  const others: number[] = [];
  let next = 0;
  for (let index = 0; index < ranges.length; index += 2) {
    if (ranges[index]! > next) others.push(next, ranges[index]! - 1);
    next = ranges[index + 1]! + 1;
  }
  others.push(next, LAST_POINT);
  return others;
}
