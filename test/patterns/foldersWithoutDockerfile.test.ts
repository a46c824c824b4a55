import assert from 'node:assert/strict';
import { pattern } from '../../server/src/patterns/pipeline/pattern.ts';
import { exampleSnapshot } from '../catalog/exampleWorkspace.ts';

const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers:
        - { name: cart, image: registry.example.com/shop/cart:1.0.0 }
---
apiVersion: v1
kind: Service
metadata: { name: cart }
spec:
  selector: { app: cart }
  ports: [{ port: 80 }]
`;

function uses(files: Readonly<Record<string, string>>): string[] {
  const all = Object.entries({ 'deploy/cart.yaml': MANIFESTS, ...files });
  const { graph } = exampleSnapshot(all.map(([name, text]) => ({ name, text })));
  return [...pattern.recognize(graph)].map(
    ({ name, missing, participants }) =>
      `${name} (${participants.map(({ role }) => role).join(', ')}) misses ${missing.join(', ') || 'nothing'}`,
  );
}

describe('a folder that lost its Dockerfile', () => {
  it('is a pipeline without one', () => {
    assert.deepEqual(uses({ 'cart/.dockerignore': 'target\n', 'cart/pom.xml': '<project/>\n' }), [
      'cart (workload, service) misses dockerfile',
    ]);
  });

  const near: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'sources that another tool may make an image of': { 'cart/pom.xml': '<project/>\n' },
    'an image of another name': { 'wishes/.dockerignore': 'target\n' },
    'a Dockerfile further down': { 'cart/.dockerignore': '', 'cart/docker/Dockerfile.dev': 'FROM scratch\n' },
    'a Dockerfile of its name elsewhere': { 'cart/.dockerignore': '', 'docker/cart.Dockerfile': 'FROM scratch\n' },
    'a Dockerfile beside it': { 'cart/.dockerignore': '', Dockerfile: 'FROM scratch\n' },
    'two folders of one name': { 'cart/.dockerignore': '', 'old/cart/.dockerignore': '' },
  };
  for (const [what, files] of Object.entries(near)) {
    it(`is not seen in ${what}`, () => {
      assert.deepEqual(
        uses(files).filter((use) => use.startsWith('cart') && use.endsWith('misses dockerfile')),
        [],
      );
    });
  }

  it('is whole again with it', () => {
    assert.deepEqual(uses({ 'cart/.dockerignore': '', 'cart/Dockerfile': 'FROM scratch\n' }), [
      'cart (dockerfile, workload, service) misses nothing',
    ]);
  });
});
