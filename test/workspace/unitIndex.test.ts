import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Unit, UnitIndex } from '../../server/src/workspace/unitIndex.ts';

const DEPLOYMENT = /^(?:deploy|k8s)$/;

interface Added {
  readonly folder: string;
  readonly namespaces: readonly string[];
}

/** What it means that a folder belongs to one that was added before, written down without regard to speed. */
function belongTogether(added: Added, folder: string, namespaces: readonly string[]): boolean {
  if (namespaces.some((namespace) => added.namespaces.includes(namespace))) return true;
  if (folder.startsWith(added.folder)) return true;
  const names = folder.split('/');
  const others = added.folder.split('/');
  const parting = names.findIndex((name, index) => name !== others[index]);
  if (DEPLOYMENT.test(names[parting - 1] ?? '')) return true;
  return DEPLOYMENT.test(names[parting] ?? '') && DEPLOYMENT.test(others[parting] ?? '');
}

const folder = fc
  .array(fc.constantFrom('a', 'b', 'deploy', 'k8s'), { minLength: 1, maxLength: 4 })
  .map((names) => ['file:///w', ...names, ''].join('/'));
const step = fc.record({
  folder,
  namespaces: fc.uniqueArray(fc.constantFrom('n1', 'n2', 'n3', 'n4'), { maxLength: 1 }),
  alone: fc.boolean(),
});

function shallowFirst(a: Added, b: Added): number {
  return a.folder.split('/').length - b.folder.split('/').length;
}

describe('The index of folders that are deployed together', () => {
  it('finds the units that a comparison with every folder finds, in their order', () => {
    let related = 0;
    fc.assert(
      fc.property(fc.uniqueArray(step, { maxLength: 16, selector: (one) => one.folder }), (steps) => {
        const index = new UnitIndex();
        const members = new Map<Unit, Added[]>();
        for (const { folder: next, namespaces, alone } of steps.toSorted(shallowFirst)) {
          const expected = index.all.filter((unit) =>
            members.get(unit)!.some((added) => belongTogether(added, next, namespaces)),
          );
          const found = index.related(next, new Set(namespaces));
          assert.deepEqual(
            found.map((unit) => unit.folder),
            expected.map((unit) => unit.folder),
          );
          related += found.length;
          const host = alone ? undefined : found[0];
          index.add(next, [], new Set(), new Set(namespaces), host);
          const unit = host ?? index.all.at(-1)!;
          members.set(unit, [...(members.get(unit) ?? []), { folder: next, namespaces }]);
        }
      }),
      { numRuns: 2000 },
    );
    assert.ok(related > 1000, `Only ${related} units were related at all.`);
  });
});
