import fc from 'fast-check';

/** How one document is written; every choice is a style that people use. */
interface Style {
  readonly step: number;
  /** Lists stand at the column of their key. */
  readonly flushLists: boolean;
  readonly lineBreak: string;
}

interface Scalar {
  readonly kind: 'scalar';
  readonly written: string;
  readonly comment: string;
}
interface BlockScalar {
  readonly kind: 'block';
  readonly header: string;
  readonly lines: readonly string[];
  readonly comment: string;
}
interface Flow {
  readonly kind: 'flow';
  readonly lines: readonly string[];
  readonly comment: string;
}
interface List {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly comment: string;
}
interface Entries {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
  readonly comment: string;
}
interface Entry {
  readonly key: string;
  readonly value: Value;
}
type Value = Scalar | BlockScalar | Flow | List | Entries;

const word = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_./-]{0,8}$/);
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const quotable = fc.string({ unit: fc.constantFrom(...'ab:#- ,{}[]&*!|>%@0'), maxLength: 10 });

const plain = fc.oneof(
  text,
  fc.constantFrom(
    '~',
    'null',
    'true',
    'False',
    'TRUE',
    '.inf',
    '-.INF',
    '.nan',
    '0x1F',
    '0o17',
    '1e3',
    '-1.50',
    '.5',
    '5.',
  ),
  fc.constantFrom(
    '1',
    '-0',
    '+12',
    '017',
    '1_000',
    '1:30',
    '2024-01-01',
    '500m',
    '-x',
    '--flag=a',
    'a#b',
    'http://x:80/y',
  ),
  fc.constantFrom('${IMAGE}', '__TAG__', '<name>', '%PORT%', 'a{b}', 'x: y'.replace(': ', ':'), 'yes', 'Off', '='),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const singleQuoted = quotable.map((inner) => `'${inner}'`);
const doubleQuoted = fc.oneof(
  quotable.map((inner) => `"${inner}"`),
  fc
    .array(fc.constantFrom('\\n', '\\t', '\\"', '\\\\', '\\u00e9', 'a', "'", ': ', ' #'))
    .map((parts) => `"${parts.join('')}"`),
);
const written = fc.oneof({ weight: 3, arbitrary: plain }, singleQuoted, doubleQuoted);

/** A comment behind the value, lines below it that are blank or comments at some column, or nothing. */
const comment = fc.oneof(
  { weight: 5, arbitrary: fc.constant('') },
  fc.constantFrom(' # why', '  #', ' # a: b', ' #"'),
  fc
    .tuple(
      fc.constantFrom('', ' # here'),
      fc.array(
        fc
          .tuple(fc.nat(9), fc.constantFrom('', '# below', '#'))
          .map(([column, words]) => words && ' '.repeat(column) + words),
        { minLength: 1, maxLength: 3 },
      ),
    )
    .map(([behind, below]) => [behind, ...below].join('\n')),
);

const scalar = fc.record({ kind: fc.constant('scalar' as const), written, comment });
const folded = fc.record({
  kind: fc.constant('scalar' as const),
  written: fc
    .array(fc.oneof(text, fc.constant('')), { minLength: 2, maxLength: 4 })
    .map((lines) => `a${lines.join('\n')}b`),
  comment,
});
const empty = fc.record({ kind: fc.constant('scalar' as const), written: fc.constant(''), comment });
const block = fc.record({
  kind: fc.constant('block' as const),
  header: fc.constantFrom('|', '|-', '>', '>-', '| # note', '>-  #'),
  lines: fc
    .array(fc.oneof(text, fc.constantFrom('', '  more', '# no comment', '- x', 'a: b', '\ttab', '---', '"')), {
      maxLength: 5,
    })
    .map((lines) => ['first', ...lines, 'last']),
  comment: fc.oneof(fc.constant(''), fc.constantFrom('\n', '\n# below', '\n   # below')),
});
const flowScalar = fc.oneof(
  word,
  fc.integer().map(String),
  fc.constantFrom('"a, b"', "'x'", 'true', 'a b', 'http://x:80', '-1', 'null', '${X}'),
);
const flowKey = fc.oneof(word, fc.constantFrom('"k"', "'k k'", '1', 'true'));
const flowText = fc.letrec<{ flow: string; value: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, flowScalar, tie('flow')),
  flow: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('{}', '[]', '{ }', '[ ]', '[\n]', '{\n}'),
    fc
      .tuple(
        fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(', ', ',', ' , ', ',\n', ', # c\n', '\n,'),
      )
      .map(([items, comma]) => `[${items.join(comma)}]`),
    fc
      .tuple(
        fc.uniqueArray(flowKey, { minLength: 1, maxLength: 3, selector: (key) => key.replace(/["']/g, '') }),
        fc.array(tie('value'), { minLength: 3, maxLength: 3 }),
        fc.constantFrom(', ', ',', ',\n', ' ,\n\n', ', # c\n'),
        fc.constantFrom(['{', '}'], ['{ ', ' }'], ['{\n', '\n}'], ['{ ', ',}']),
      )
      .map(
        ([keys, values, comma, [open, close]]) =>
          open + keys.map((key, index) => `${key}: ${values[index]}`).join(comma) + close,
      ),
  ),
})).flow;
const flow = fc.record({
  kind: fc.constant('flow' as const),
  lines: flowText.map((written) => written.split('\n')),
  comment,
});

const key = fc.oneof(
  { weight: 6, arbitrary: word },
  fc.constantFrom('"quoted"', "'it''s'", 'two words', '8080', 'true', 'a:b', 'x/y.z', '-k', '"<<"'),
);

const node = fc.letrec<{ value: Value; map: Value; list: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    empty,
    folded,
    block,
    flow,
    { weight: 3, arbitrary: tie('map') },
    { weight: 2, arbitrary: tie('list') },
  ),
  list: fc.record({
    kind: fc.constant('list' as const),
    items: fc.array(tie('value'), { minLength: 1, maxLength: 4 }),
    comment,
  }),
  map: fc.record({
    kind: fc.constant('map' as const),
    entries: fc.uniqueArray(fc.record({ key, value: tie('value') }), {
      minLength: 1,
      maxLength: 4,
      selector: (entry) => entry.key.replace(/["']/g, ''),
    }),
    comment,
  }),
}));

const style: fc.Arbitrary<Style> = fc.record({
  step: fc.constantFrom(2, 2, 3, 4),
  flushLists: fc.boolean(),
  lineBreak: fc.constantFrom('\n', '\n', '\r\n'),
});

/** A document of the plain subset, in any of the styles that people write. */
export const plainDocument: fc.Arbitrary<string> = fc
  .record({
    root: fc.oneof(node.map, node.list),
    style,
    before: fc.constantFrom(
      '',
      '---\n',
      '# about\n',
      '\n\n',
      '# about\n---\n',
      '--- # document\n',
      '---\n\n  # below\n',
    ),
    after: fc.constantFrom('\n', '', '\n\n', '\n# end', '\n  # end\n'),
    mark: fc.constantFrom('', '', '', '\uFEFF'),
  })
  .map(({ root, style: chosen, before, after, mark }) => {
    const lines: string[] = [];
    writeBlock(root, 0, chosen, lines, undefined);
    const body = before + lines.join('\n') + after;
    const isOdd = mark !== '' && /^[- ]/.test(body);
    return ((isOdd ? '' : mark) + body).replaceAll('\n', chosen.lineBreak);
  });

/** Writes a value at a column; `lead` is what stands before its first line (`key:` or a dash). */
function writeBlock(value: Value, column: number, chosen: Style, lines: string[], lead: string | undefined): void {
  const blanks = ' '.repeat(column);
  switch (value.kind) {
    case 'scalar': {
      const [first = '', ...rest] = value.written.split('\n');
      const start = lead === undefined ? blanks : lead;
      lines.push(`${start}${lead !== undefined && first !== '' ? ' ' : ''}${first}`);
      for (const line of rest) lines.push(line === '' ? '' : `${' '.repeat(column + 1)}${line}`);
      break;
    }
    case 'block':
      lines.push(`${lead ?? blanks} ${value.header}`);
      for (const line of value.lines) lines.push(line === '' ? '' : `${' '.repeat(column + chosen.step)}${line}`);
      break;
    case 'flow': {
      const [first = '', ...rest] = value.lines;
      lines.push(`${lead ?? blanks} ${first}`);
      for (const line of rest) lines.push(line === '' ? '' : `${' '.repeat(column + 1)}${line}`);
      break;
    }
    case 'map':
      writeEntries(value, column, chosen, lines, lead);
      return;
    case 'list':
      writeItems(value, column, chosen, lines, lead);
      return;
  }
  lines[lines.length - 1] += value.comment;
}

function writeEntries(map: Entries, column: number, chosen: Style, lines: string[], lead: string | undefined): void {
  let at = column;
  let first = lead;
  if (lead !== undefined && !lead.trimEnd().endsWith('-')) {
    lines.push(lead + map.comment);
    at = column + chosen.step;
    first = undefined;
  } else if (lead !== undefined) {
    at = lead.length + 1;
  }
  for (const { key: name, value } of map.entries) {
    const start = first === undefined ? ' '.repeat(at) : `${first} `;
    first = undefined;
    writeBlock(value, at, chosen, lines, `${start}${name}:`);
  }
}

function writeItems(list: List, column: number, chosen: Style, lines: string[], lead: string | undefined): void {
  let at = column;
  let first = lead;
  if (lead !== undefined && !lead.trimEnd().endsWith('-')) {
    lines.push(lead + list.comment);
    at = chosen.flushLists ? column : column + chosen.step;
    first = undefined;
  } else if (lead !== undefined) {
    at = lead.length + 1;
  }
  for (const item of list.items) {
    const start = first === undefined ? ' '.repeat(at) : `${first} `;
    first = undefined;
    writeBlock(item, at, chosen, lines, `${start}-`);
  }
}
