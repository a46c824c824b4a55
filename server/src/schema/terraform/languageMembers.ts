import type { TerraformBody, TerraformMember, TerraformValueType } from './terraformSchema.ts';

type Written = Partial<Omit<TerraformMember, 'name' | 'type'>>;
type MemberOf = (name: string) => TerraformMember;

const PLAIN = {
  required: false,
  settable: true,
  computed: false,
  asBlock: false,
  asArgument: true,
  sensitive: false,
  atMostOne: false,
  labels: [],
  text: '',
  deprecation: '',
  values: [],
  closed: false,
} satisfies Omit<TerraformMember, 'name' | 'type'>;

/** An argument: a letter for its type (`s`, `n`, `b`, `d` anything, `ls` and `ms` lists and maps of strings) and its text. */
export function argument(type: string, text: string, written: Written = {}): MemberOf {
  return (name) => ({ ...PLAIN, name, type: typeOf(type), text, ...written });
}

/** A block, with the meaning of its labels. */
export function block(body: TerraformBody | (() => TerraformBody), text: string, written: Written = {}): MemberOf {
  const isLazy = typeof body === 'function';
  return (name) => ({
    ...PLAIN,
    asBlock: true,
    asArgument: false,
    name,
    get type(): TerraformValueType {
      const object: TerraformValueType = { kind: 'object', body: isLazy ? body() : body };
      return written.atMostOne ? object : { kind: 'list', element: object };
    },
    text,
    ...written,
  });
}

/** A body of Terraform's own. */
export function body(members: Readonly<Record<string, MemberOf>>, { open = false } = {}): TerraformBody {
  return { members: new Map(Object.entries(members).map(([name, make]) => [name, make(name)])), open };
}

/** Several bodies as one; the first that has a member gives it. */
export function joined(...bodies: readonly TerraformBody[]): TerraformBody {
  const members = new Map<string, TerraformMember>();
  for (const part of bodies)
    for (const [name, member] of part.members) if (!members.has(name)) members.set(name, member);
  return { members, open: bodies.some(({ open }) => open) };
}

/** A body of which nothing is known. */
export const OPEN_BODY: TerraformBody = { members: new Map(), open: true };

function typeOf(letters: string): TerraformValueType {
  switch (letters[0]) {
    case 's':
      return { kind: 'string' };
    case 'n':
      return { kind: 'number' };
    case 'b':
      return { kind: 'bool' };
    case 'l':
      return { kind: 'list', element: typeOf(letters.slice(1)) };
    case 't':
      return { kind: 'set', element: typeOf(letters.slice(1)) };
    case 'm':
      return { kind: 'map', element: typeOf(letters.slice(1)) };
    default:
      return { kind: 'any' };
  }
}
