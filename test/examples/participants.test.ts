import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { readWorkspace } from '../../server/src/host/workspaceFiles.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import type { Participant, Pattern, PatternInstance } from '../../server/src/rules/pattern.ts';
import type { ResourceGraph } from '../../server/src/workspace/resourceGraph.ts';
import { World } from '../../server/src/workspace/world.ts';
import { CATALOG } from './catalog.ts';
import { type Loss, lossesWithoutTrace } from './lossesWithoutTrace.ts';

const SHOP = fileURLToPath(new URL('../../examples/shop', import.meta.url));

/** The shop, some files of which can be taken away for a moment. */
class Shop {
  readonly #world = new World(LANGUAGES);
  readonly #texts = new Map<string, string>();
  graph!: ResourceGraph;

  async read(): Promise<void> {
    for await (const found of readWorkspace(SHOP, (uri) => this.#world.isOfInterest(uri)))
      if ('text' in found) this.#texts.set(found.uri, found.text);
    this.#world.apply([...this.#texts].map(([uri, text]) => ({ uri, text })));
    this.graph = this.#world.snapshot().graph;
  }

  /** The shop without these files. Whoever deletes a file takes its line out of the kustomization, too. */
  without(files: readonly string[]): ResourceGraph {
    const changed = new Map<string, string | undefined>(files.map((uri) => [uri, undefined]));
    for (const uri of files) {
      const kustomization = new URL('kustomization.yaml', uri).href;
      const text = changed.get(kustomization) ?? this.#texts.get(kustomization);
      const name = uri.slice(uri.lastIndexOf('/') + 1);
      if (text !== undefined && !files.includes(kustomization))
        changed.set(
          kustomization,
          text
            .split('\n')
            .filter((line) => line.trim() !== `- ${name}`)
            .join('\n'),
        );
    }
    this.#world.apply([...changed].map(([uri, text]) => ({ uri, text })));
    const { graph } = this.#world.snapshot();
    this.#world.apply([...changed.keys()].map((uri) => ({ uri, text: this.#texts.get(uri) })));
    return graph;
  }
}

describe('the patterns of the example shop', () => {
  const shop = new Shop();
  before(() => shop.read());

  for (const id of CATALOG) {
    it(`use ${id} completely`, () => {
      const pattern = PATTERNS.find((candidate) => candidate.id === id);
      assert.ok(pattern, `the catalog has no ${id}`);
      const uses = [...pattern.recognize(shop.graph)];
      assert.ok(uses.length > 0, `the shop does not use ${id}`);
      assert.deepEqual(
        uses.filter(({ missing }) => missing.length > 0).map(({ missing, name }) => `${name}: ${missing.join(', ')}`),
        [],
      );
    });
  }

  it('are all of the catalog', () => {
    assert.deepEqual(PATTERNS.map(({ id }) => id).sort(), [...CATALOG].sort());
  });
});

describe('a pattern that loses a participant', function () {
  this.timeout(120_000);
  const shop = new Shop();
  before(() => shop.read());

  it('leaves no trace in patterns of the catalog alone', () => {
    const ids = new Set(PATTERNS.map(({ id }) => id));
    assert.deepEqual(
      lossesWithoutTrace.patterns().filter((id) => !ids.has(id)),
      [],
    );
  });

  for (const pattern of PATTERNS) {
    it(`${pattern.id} says which role nothing plays any more, wherever something is left to say it of`, () => {
      const before = [...pattern.recognize(shop.graph)];
      const losses = before.flatMap((instance) => [...lossesOf(pattern, instance)]);
      assert.ok(losses.length > 0, 'the shop does not use it');
      const uses = new Map<string, readonly PatternInstance[]>();
      const withoutTrace: Loss[] = [];
      for (const { file, instance, role } of losses) {
        const after = uses.get(file) ?? [...pattern.recognize(shop.without([file]))];
        uses.set(file, after);
        if (isPlayedByOthers(instance, role, file, after) || isTold(instance, role, before, after)) continue;
        withoutTrace.push({ role, use: instance.name });
      }
      const explained = lossesWithoutTrace.of(
        pattern.id,
        losses.map(({ instance, role }) => ({ role, use: instance.name })),
      );
      const [lost, known] = [written(withoutTrace), written(explained)];
      assert.equal(listed(lost, known), '', 'vanishes, and no row says why');
      assert.equal(listed(known, lost), '', 'has a row, and leaves a trace');
    });

    it(`${pattern.id} never misses what is optional`, () => {
      const files = new Set([...pattern.recognize(shop.graph)].flatMap(filesOf));
      for (const file of files) {
        for (const { missing, name } of pattern.recognize(shop.without([file])))
          for (const role of missing)
            assert.equal(pattern.roles[role]?.required, true, `${name} misses ${role} without ${file}`);
      }
    });
  }
});

/** The ways in which a use can lose a required role: one file of its players. */
function* lossesOf({ roles }: Pattern, instance: PatternInstance) {
  const seen = new Set<string>();
  for (const { resource, role } of instance.participants) {
    const key = `${role} ${resource.uri}`;
    if (!roles[role]?.required || seen.has(key)) continue;
    seen.add(key);
    yield { instance, role, file: resource.uri };
  }
}

/** The same use goes on, and another file of it still plays the role: two pods of one Service, say. */
function isPlayedByOthers(
  instance: PatternInstance,
  role: string,
  file: string,
  after: readonly PatternInstance[],
): boolean {
  const others = instance.participants.filter(({ resource, ...one }) => one.role === role && resource.uri !== file);
  return after.some(
    ({ name, participants }) =>
      name === instance.name &&
      participants.some((left) => left.role === role && others.some((other) => isSame(left, other))),
  );
}

/** A use that misses the role now and did not before; it has the name of the old one, or what is left of it. */
function isTold(
  instance: PatternInstance,
  role: string,
  before: readonly PatternInstance[],
  after: readonly PatternInstance[],
): boolean {
  return after.some(
    ({ missing, name, participants }) =>
      missing.includes(role) &&
      !before.some((other) => other.name === name && other.missing.includes(role)) &&
      (name === instance.name ||
        participants.some((left) => instance.participants.some((other) => isSame(left, other)))),
  );
}

function isSame(a: Participant, b: Participant): boolean {
  return (
    a.resource.uri === b.resource.uri && a.resource.type === b.resource.type && a.resource.name === b.resource.name
  );
}

function written(losses: readonly Loss[]): string[] {
  return [...new Set(losses.map(({ role, use }) => `${use}: ${role}`))].sort();
}

function listed(losses: readonly string[], others: readonly string[]): string {
  return losses.filter((loss) => !others.includes(loss)).join('; ');
}

function filesOf({ participants }: PatternInstance): string[] {
  return [...new Set(participants.map(({ resource }) => resource.uri))];
}
