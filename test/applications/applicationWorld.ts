import { LANGUAGES } from '../../server/src/languages/languages.ts';
import type { ResourceGraph } from '../../server/src/workspace/resourceGraph.ts';
import { World } from '../../server/src/workspace/world.ts';

/** The graph of a workspace of these files, by their paths. */
export function graphOf(files: Readonly<Record<string, string>>): ResourceGraph {
  const world = new World(LANGUAGES);
  world.apply(Object.entries(files).map(([path, text]) => ({ uri: `file:///shop/${path}`, text })));
  return world.snapshot().graph;
}

/** A pom with these libraries, each as `group:artifact`. */
export function pom(...libraries: readonly string[]): string {
  const dependencies = libraries.map((library) => {
    const [group, artifact] = library.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId></dependency>`;
  });
  return `<project><dependencies>${dependencies.join('')}</dependencies></project>`;
}

/** A Deployment of the image `orders`, with further lines of its container and of its spec. */
export function deployment(container = '', spec = '  replicas: 2\n'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
  namespace: shop
spec:
${spec}  template:
    metadata:
      labels: { app: orders }
    spec:
      containers:
        - name: orders
          image: registry.example.com/shop/orders:1.0.0
${container}`;
}
