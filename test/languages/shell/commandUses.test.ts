import assert from 'node:assert/strict';
import { readArguments } from '../../../server/src/languages/shell/commandArguments.ts';
import { packageCommand } from '../../../server/src/languages/shell/packageCommands.ts';
import { parseShell } from '../../../server/src/languages/shell/parseShell.ts';
import { outerVariables, unsetVariables } from '../../../server/src/languages/shell/unsetVariables.ts';
import { linesOf, usesOf } from './exampleShell.ts';

describe('commandUses', () => {
  const seen: readonly [string, readonly string[]][] = [
    ['sudo -E -u root env A=1 apt-get install x', ['apt-get install x']],
    ['/usr/bin/apt-get update', ['apt-get update']],
    ['exec nice -n 5 timeout -k 3 10s make all', ['make all']],
    ['time nohup setsid a b', ['a b']],
    ['echo x | xargs -n 1 -I {} pip install {}', ['echo x', 'pip install {}']],
    ['gosu app server', ['server']],
    ['command -v a', ['command -v a']],
    ['sudo $X', ['sudo ?$X']],
    ['bash -lc \'a && b "c d"\'', ['bash -lc a && b "c d"', 'a', 'b c d']],
    ['sh -e -o pipefail -c "x | y"', ['sh -e -o pipefail -c x | y', 'x', 'y']],
    ['$X a', []],
  ];
  for (const [script, lines] of seen) {
    it(`sees through ${JSON.stringify(script)}`, () => assert.deepEqual(linesOf(script), lines));
  }

  it('keeps the places of what sh -c runs', () => {
    const script = "sh -c 'cd /x; make'";
    const make = usesOf(script).find(({ name }) => name === 'make');
    assert.equal(make!.nameWord.span.start, script.indexOf('make'));
  });

  it('tells conditions, nesting and substitutions apart', () => {
    const [a, b, c, d] = usesOf('if a; then b; fi; echo $(c); d').filter(({ name }) => name !== 'echo');
    assert.deepEqual([a!.condition, b!.nested, c!.substituted, d!.nested], [true, true, true, false]);
  });
});

describe('readArguments', () => {
  const read = (script: string, valued: string[] = []) => {
    const { options, operands, open } = readArguments(usesOf(script)[0]!.arguments, { valued: new Set(valued) });
    return {
      options: options.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`)),
      operands: operands.map(({ written }) => written),
      open,
    };
  };

  it('cuts rows of letters, values and operands', () => {
    assert.deepEqual(read('x -yqq --a=b -o c d -- -e', ['-o']), {
      options: ['-y', '-q', '-q', '--a=b', '-o=c'],
      operands: ['d', '-e'],
      open: false,
    });
    assert.deepEqual(read('x -oc -zo d', ['-o']), { options: ['-o=c', '-z', '-o=d'], operands: [], open: false });
  });

  it('says where an expansion may hold options', () => {
    assert.deepEqual(read('x $A b'), { options: [], operands: ['$A', 'b'], open: true });
    assert.deepEqual(read('x --a=$B'), { options: ['--a'], operands: [], open: false });
  });
});

describe('packageCommand', () => {
  const read = (script: string) => {
    const found = packageCommand(usesOf(script)[0]!);
    return found && [found.manager, found.action, found.read.operands.map(({ written }) => written)];
  };
  const cases: readonly [string, unknown][] = [
    ['apt-get -y -o Acquire::Retries=3 install -t stable a b=1', ['apt', 'install', ['a', 'b=1']]],
    ['apt full-upgrade', ['apt', 'dist-upgrade', []]],
    ['apk --no-cache add --virtual .d a', ['apk', 'add', ['a']]],
    ['zypper -n in --no-recommends a', ['zypper', 'install', ['a']]],
    ['pip3.12 install -r r.txt -c c.txt a', ['pip', 'install', ['a']]],
    ['python3 -m pip install --index-url https://x a', ['pip', 'install', ['a']]],
    ['python3 -m venv x', undefined],
    ['npm i -g a@1', ['npm', 'install', ['a@1']]],
    ['yarn --cwd x', ['yarn', '', []]],
    ['go install -ldflags -s x@v1', ['go', 'install', ['x@v1']]],
    ['make install', undefined],
    ['constructor x', undefined],
  ];
  for (const [script, expected] of cases) it(`reads ${script}`, () => assert.deepEqual(read(script), expected));
});

describe('unsetVariables', () => {
  const unset = (script: string) => unsetVariables(parseShell(script).script).map(({ name }) => name);

  it('finds what nothing in the script sets', () => {
    assert.deepEqual(unset('a $X "${Y}" ${Z:-1} ${W#a}'), ['X', 'Y', 'W']);
    assert.deepEqual(
      unset('X=1; a $X; for i in b; do c $i; done; read -r l; d $l; export E=1; e $E; : ${F:=g}; f $F'),
      [],
    );
  });

  it('says nothing where other text may set anything', () => {
    assert.deepEqual(unset('. ./env; a $X'), []);
    assert.deepEqual(unset('eval "$(b)"; a $X'), []);
    assert.deepEqual(unset('set -eux; a $X'), ['X']);
  });

  it('keeps reads with a default for those who rename', () => {
    assert.deepEqual(
      outerVariables(parseShell('a ${X:-$Y}; Z=1; b $Z').script)
        .map(({ name }) => name)
        .sort(),
      ['X', 'Y'],
    );
  });
});
