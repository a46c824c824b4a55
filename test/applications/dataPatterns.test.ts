import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { pattern as rustSqlx } from '../../server/src/patterns/rust-sqlx/pattern.ts';
import { pattern as springData } from '../../server/src/patterns/spring-data/pattern.ts';
import { World } from '../../server/src/workspace/world.ts';
import { deployment, graphOf } from './applicationWorld.ts';

const shop = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../examples/shop');

/** The shop as the server reads it. */
function shopWorld(): World {
  const world = new World(LANGUAGES);
  const skipped = new Set(['.venv', 'target', 'node_modules', 'bin', 'obj']);
  const files = readdirSync(shop, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.split(path.sep).some((part) => skipped.has(part)))
    .map((file) => ({ uri: `file:///shop/${path.relative(shop, file)}`, file }))
    .filter(({ uri }) => world.isOfInterest(uri));
  world.apply(files.map(({ uri, file }) => ({ uri, text: readFileSync(file, 'utf8') })));
  return world;
}

describe('the data patterns of the shop', () => {
  for (const pattern of [springData, rustSqlx]) {
    it(`are complete: ${pattern.id}`, () => {
      const world = shopWorld();
      const [instance, ...others] = [...pattern.recognize(world.snapshot().graph)];
      assert.deepEqual(others, []);
      assert.deepEqual(instance?.missing, []);
      const roles = new Set(instance?.participants.map(({ role }) => role));
      for (const [role, { required }] of Object.entries(pattern.roles)) if (required) assert.ok(roles.has(role), role);
    });
  }
});

describe('what is not known', () => {
  it('is not missing: an address from a Secret, a workload of a template', () => {
    const cargo = '[package]\nname = "orders"\n[dependencies]\nsqlx = { version = "0.8", features = ["postgres"] }\n';
    const files = { 'orders/Cargo.toml': cargo, 'orders/migrations/1_a.sql': 'SELECT 1;' };
    const secret = deployment('          envFrom:\n            - secretRef: { name: elsewhere }\n');
    const missing = (graph: ReturnType<typeof graphOf>) => [...rustSqlx.recognize(graph)].map((it) => it.missing);
    assert.deepEqual(missing(graphOf({ ...files, 'deploy/orders.yaml': secret })), [[]]);
    assert.deepEqual(missing(graphOf({ ...files, 'deploy/orders.yaml': deployment() })), [['address']]);
    const chart = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      'chart/templates/orders.yaml': deployment().replace(/image: .*/, 'image: {{ .Values.image }}'),
    };
    assert.deepEqual(missing(graphOf({ ...files, ...chart })), [[]]);
    assert.deepEqual(missing(graphOf(files)), [['workload']]);
  });
});
