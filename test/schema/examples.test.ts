import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubernetesCompletions } from '../../server/src/features/kubernetesCompletion.ts';
import { kubernetesExplanation } from '../../server/src/features/kubernetesHover.ts';
import { parseYaml } from '../../server/src/languages/yaml/yamlFile.ts';
import { checkApiVersion } from '../../server/src/schema/checkApiVersion.ts';
import { schemaAt } from '../../server/src/schema/schemaAt.ts';
import { validateResource } from '../../server/src/schema/validate.ts';
import type { SourceNode } from '../../server/src/text/sourceNode.ts';
import { SourceText } from '../../server/src/text/sourceText.ts';
import { index } from './schemas.ts';

const SHOP = join(import.meta.dirname, '../../examples/shop');

/** The manifests and chart templates of the example. */
const files = readdirSync(SHOP, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.ya?ml$/.test(file) && !file.includes('node_modules'))
  .map((file) => {
    const source = new SourceText(`file:///${file}`, readFileSync(join(SHOP, file), 'utf8'));
    return { file, source, parsed: parseYaml(source, file.includes('templates/')) };
  });

const objects = files.flatMap((file) =>
  file.parsed.roots.flatMap((root) => {
    const resource = index.forResource(root.text('apiVersion') ?? '', root.text('kind') ?? '');
    return resource ? [{ ...file, root, resource }] : [];
  }),
);

describe('schema: the example shop', () => {
  it('has manifests of many kinds', () => {
    const kinds = new Set(objects.map(({ resource }) => resource.kind));
    assert.ok(objects.length > 40 && kinds.size > 15, `${objects.length} objects of ${kinds.size} kinds`);
  });

  it('fits its schemas', () => {
    for (const { file, root, resource, source } of objects) {
      const partial = file.includes('patch') || file.includes('overlays');
      for (const { message, span } of validateResource(root, resource, { partial })) {
        assert.fail(`${file}:${source.positionAt(span.start).line + 1}: ${message}`);
      }
      assert.equal(checkApiVersion(root, index), undefined, file);
    }
  });

  it('is explained at each key that a schema knows, and completed at its start', () => {
    let explained = 0;
    let completed = 0;
    for (const { file, root, resource, source, parsed } of objects) {
      const visit = (node: SourceNode): void => {
        const place = schemaAt(resource.schema, node.path);
        if (node.keySpan && place) {
          const at = node.keySpan.start;
          const where = `${file}:${source.positionAt(at).line + 1}: ${node.path.join('.')}`;
          assert.ok(kubernetesExplanation(parsed.roots, at, index), where);
          explained++;
          // Branches of a template may write a key twice; each is then taken for present by the other.
          if (place.field && explained % 5 === 0 && parsed.actions.length === 0) {
            const offers = [...kubernetesCompletions(source, parsed.masked, at, index)];
            assert.ok(
              offers.some((offer) => offer.label === node.key),
              where,
            );
            completed++;
          }
        }
        for (const entry of node.entries) visit(entry);
      };
      visit(root);
    }
    assert.ok(explained > 500 && completed > 80, `${explained} explained, ${completed} completed`);
  });
});
