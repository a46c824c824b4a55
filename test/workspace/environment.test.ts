import assert from 'node:assert/strict';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { environmentOf } from '../../server/src/workspace/applications/environment.ts';
import { runningSources } from '../../server/src/workspace/applications/sourceFolders.ts';
import { World } from '../../server/src/workspace/world.ts';

const FILES: Readonly<Record<string, string>> = {
  'cart/Dockerfile': 'FROM eclipse-temurin:21\nENV LEVEL=image GREETING=hello\n',
  'cart/pom.xml': '<project><artifactId>cart</artifactId></project>\n',
  'deploy/cart.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  template:
    spec:
      containers:
        - name: cart
          image: example.com/cart:1
          envFrom: [{ configMapRef: { name: cart } }]
`,
  'deploy/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cart }\ndata: { LEVEL: map }\n',
};

function worldOf(files: Readonly<Record<string, string>>): World {
  const world = new World(LANGUAGES);
  world.apply(Object.entries(files).map(([name, text]) => ({ uri: `file:///example/${name}`, text })));
  return world;
}

function valuesOf({ variables }: ReturnType<typeof environmentOf>): Record<string, string | undefined> {
  return Object.fromEntries([...variables].map(([name, { value }]) => [name, value]));
}

describe('the environment of a container', () => {
  it('has what the image sets, whoever asked before without knowing the image', () => {
    const { graph } = worldOf(FILES).snapshot();
    const [running] = runningSources(graph);
    const { workload, container } = running!;
    assert.deepEqual(valuesOf(environmentOf({ workload, container }, graph)), { LEVEL: 'map' });
    assert.deepEqual(valuesOf(environmentOf(running!, graph)), { LEVEL: 'map', GREETING: 'hello' });
    assert.deepEqual(valuesOf(environmentOf({ workload, container }, graph)), { LEVEL: 'map' });
  });

  it('follows an edit of the ConfigMap and of the image', () => {
    const world = worldOf(FILES);
    const values = (): Record<string, string | undefined> => {
      const { graph } = world.snapshot();
      const [running] = runningSources(graph);
      return {
        ...valuesOf(environmentOf(running!, graph)),
        ...valuesOf(environmentOf({ workload: running!.workload, container: running!.container }, graph)),
      };
    };
    assert.deepEqual(values(), { LEVEL: 'map', GREETING: 'hello' });
    const edit = (name: string, before: string, after: string): void =>
      world.apply([{ uri: `file:///example/${name}`, text: FILES[name]!.replace(before, after) }]);
    edit('deploy/settings.yaml', 'LEVEL: map', 'LEVEL: other');
    assert.deepEqual(values(), { LEVEL: 'other', GREETING: 'hello' });
    edit('cart/Dockerfile', 'hello', 'goodbye');
    assert.deepEqual(values(), { LEVEL: 'other', GREETING: 'goodbye' });
  });
});
