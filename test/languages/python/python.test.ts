import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pythonLanguage } from '../../../server/src/languages/python/pythonLanguage.ts';
import { readPython } from '../../../server/src/languages/python/pythonSettings.ts';
import type { PythonValue } from '../../../server/src/languages/python/pythonValue.ts';

function settings(text: string): Record<string, PythonValue> {
  return Object.fromEntries(readPython(text).settings.map(({ name, value }) => [name, value]));
}

describe('the settings of a Python module', () => {
  it('are literals at the level of the module or of a class, never local variables', () => {
    const read = settings(
      'POOL = 5\nclass Config(Base):\n    SIZE: int = 1_000\n    NAME = "a" \'b\'\n    RAW = r"\\d"\ndef f():\n    LOCAL = 3\n',
    );
    assert.deepEqual(
      Object.entries(read).map(([name, { literal }]) => [name, literal]),
      [
        ['POOL', 5],
        ['SIZE', 1000],
        ['NAME', 'ab'],
        ['RAW', '\\d'],
      ],
    );
  });

  it('are entries of dicts, keywords of config.update, and what app.config is given', () => {
    const text =
      'app.config["A"] = -1\napp.config.update(B=True, **more)\ndef f():\n    return {"C": None, "D": {"E": 60 * 60}}\n';
    const read = settings(text);
    assert.deepEqual(
      ['A', 'B', 'C', 'E'].map((name) => read[name]?.literal),
      [-1, true, null, 3600],
    );
    assert.equal(text.slice(read['E']!.span.start, read['E']!.span.end), '60 * 60');
  });

  it('know the variable that is asked for, and its fallback, through conversions', () => {
    for (const expression of [
      'os.environ.get("N", "4")',
      'int(os.getenv("N", "4"))',
      'int(environment.get("N", "4"))',
      'env("N", default="4")',
    ]) {
      const { environment } = settings(`X = ${expression}`)['X']!;
      assert.deepEqual([environment?.variable, environment?.fallback?.literal], ['N', '4'], expression);
    }
    assert.equal(settings('X = os.environ["N"]')['X']?.environment?.variable, 'N');
    assert.equal(settings('X = registry["N"]')['X']?.environment, undefined);
  });

  it('are unknown where only a run could tell', () => {
    const read = settings('A = f()\nB = f"{x}"\nC = x if y else 1\nD = {**other, "k": 1}\nE = b"x"\n');
    for (const name of ['A', 'B', 'C', 'E']) assert.equal(read[name]?.literal, undefined, name);
    assert.equal(read['D']?.open, true);
  });

  it('come with the calls, whose further arguments may be open', () => {
    const [call] = readPython('engine = sa.create_engine(url, pool_size=2, **options)').calls;
    assert.deepEqual(
      [call?.callee, call?.positional[0]?.reference, call?.keywords[0]?.name, call?.open],
      ['sa.create_engine', 'url', 'pool_size', true],
    );
  });

  it('never make the reader throw', () => {
    const text =
      'class A:\n    X = {"a": [1, (2, "b")], **c}\nx = create_engine(f"a{b}", pool_size=int(os.environ["P"]))\n';
    for (let end = 0; end <= text.length; end++) readPython(text.slice(0, end));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aX=({["\'\n :,*.1)]}fr\\') }), (any) => void readPython(any)),
    );
    readPython(`x = ${'('.repeat(20_000)}`);
  });

  it('are read of modules whose names and words say that they have some', () => {
    assert.ok(pythonLanguage.files.test('file:///a/catalog/settings.py'));
    assert.ok(pythonLanguage.files.test('file:///a/migrations/versions/0001_first.py'));
    assert.ok(!pythonLanguage.files.test('file:///a/catalog/prices.py'));
    assert.ok(!pythonLanguage.claims('file:///a/main.py', 'print("hello")\n'));
  });
});
