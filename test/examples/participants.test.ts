import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { readWorkspace } from '../../server/src/host/workspaceFiles.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import type { Pattern, PatternInstance } from '../../server/src/rules/pattern.ts';
import type { ResourceGraph } from '../../server/src/workspace/resourceGraph.ts';
import { World } from '../../server/src/workspace/world.ts';
import { CATALOG } from './catalog.ts';

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

  for (const pattern of PATTERNS) {
    it(`${pattern.id} says which role nothing plays any more, or is gone`, () => {
      const losses = [...pattern.recognize(shop.graph)].flatMap((instance) => [...lossesOf(pattern, instance)]);
      assert.ok(losses.length > 0, 'the shop does not use it');
      const graphs = new Map<string, ResourceGraph>();
      for (const { file, instance, role } of losses) {
        const graph = graphs.get(file) ?? shop.without([file]);
        graphs.set(file, graph);
        const [before, after] = [shop.graph, graph].map((each) =>
          [...pattern.recognize(each)].filter(({ name }) => name === instance.name),
        );
        if (after!.length < before!.length) continue;
        const isTold = after!.some(({ missing }) => missing.includes(role));
        const isPlayedByOthers = after!.every(({ participants }) =>
          participants.some((participant) => participant.role === role),
        );
        assert.ok(isTold || isPlayedByOthers, `${instance.name} does not miss its ${role} without ${file}`);
      }
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

/** The ways in which a use can lose a required role: one file of a player. What others play as well is still played. */
function* lossesOf({ roles }: Pattern, instance: PatternInstance) {
  for (const { resource, role } of instance.participants) {
    if (roles[role]?.required) yield { instance, role, file: resource.uri };
  }
}

function filesOf({ participants }: PatternInstance): string[] {
  return [...new Set(participants.map(({ resource }) => resource.uri))];
}
