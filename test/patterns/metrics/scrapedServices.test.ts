import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/metrics/pattern.ts';
import { exampleSnapshot } from '../../catalog/exampleWorkspace.ts';

const service = (scrape: string) =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: database\n  annotations: { prometheus.io/scrape: "${scrape}" }\nspec:\n  selector: { app: database }\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: database }\nspec:\n  template:\n    metadata: { labels: { app: database } }\n`;

const uses = (text: string) =>
  [...pattern.recognize(exampleSnapshot([{ name: 'all.yaml', text }]).graph)].map(({ participants }) =>
    participants.map(({ role, resource }) => `${role} ${resource.kind}`),
  );

describe('a Service that wants to be asked for its metrics', () => {
  it('is measured with its pods', () => {
    assert.deepEqual(uses(service('true')), [['application Service', 'application StatefulSet', 'monitor Service']]);
  });

  it('is not where it says that it does not', () => {
    assert.deepEqual(uses(service('false')), []);
  });
});
