/** A small generator of numbers that gives the same ones for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2654435761;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) | 0;
    return ((state >>> 8) & 0xffff) % below;
  };
}

/** A base, a layer and an overlay with a random choice of what Kustomize can do; valid by construction. */
export function randomKustomization(seed: number): Record<string, string> {
  const next = numbers(seed);
  const chance = (percent: number) => next(100) < percent;
  const pick = <T>(items: readonly T[]): T => items[next(items.length)]!;
  const names = ['cart', 'orders', 'catalog'].slice(0, 1 + next(3));
  const objects = names.flatMap((name) => [
    deployment(name, pick(['Deployment', 'StatefulSet', 'DaemonSet']), chance, pick),
    ...(chance(70)
      ? [
          `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    app: ${name}\n  ports:\n    - port: 80\n`,
        ]
      : []),
    ...(chance(50)
      ? [`apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}-settings\ndata:\n  a: "${next(9)}"\n`]
      : []),
  ]);
  const layer = (below: string, mark: string): string => {
    const lines = [`resources:\n  - ${below}`];
    if (chance(40)) lines.push(`namePrefix: ${pick(['dev-', 'a-'])}`);
    if (chance(30)) lines.push(`nameSuffix: ${pick(['-v1', '-x'])}`);
    if (chance(50)) lines.push(`namespace: ${pick(['shop', 'prod'])}`);
    if (chance(30)) lines.push(`commonLabels:\n  team: ${pick(['a', 'b'])}`);
    if (chance(40)) {
      lines.push(
        `labels:\n  - pairs:\n      ${mark}: "${next(3)}"\n    includeSelectors: ${chance(50)}\n  - pairs:\n      other: x\n    includeTemplates: ${chance(50)}`,
      );
    }
    if (chance(30)) lines.push(`commonAnnotations:\n  note: "${next(5)}"`);
    if (chance(50))
      lines.push(`images:\n  - name: nginx\n    ${pick(['newTag: "2"', 'newName: other', 'digest: sha256:aa'])}`);
    const patches: string[] = [];
    for (const name of names) {
      if (chance(40)) {
        patches.push(
          `  - target:\n      kind: Deployment|StatefulSet|DaemonSet\n      name: .*${name}.*\n    patch: |\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata:\n        name: any\n        labels:\n          patched: "${next(4)}"\n      spec:\n        template:\n          spec:\n            containers:\n              - name: ${pick(['web', 'side', 'new'])}\n                image: ${pick(['nginx:3', 'other:1'])}\n                env:\n                  - name: ${pick(['A', 'D'])}\n                    value: "${next(9)}"`,
        );
      }
      if (chance(30)) {
        patches.push(
          `  - target:\n      kind: Deployment|StatefulSet|DaemonSet\n      name: .*${name}.*\n    patch: |-\n      - op: add\n        path: /spec/template/spec/containers/0/args\n        value: ["${next(9)}"]\n      - op: add\n        path: /metadata/labels\n        value: {from: json}`,
        );
      }
    }
    if (patches.length > 0) lines.push(`patches:\n${patches.join('\n')}`);
    return `${lines.join('\n')}\n`;
  };
  return {
    'base/kustomization.yaml': 'resources:\n  - objects.yaml\n',
    'base/objects.yaml': objects.join('---\n'),
    'layer/kustomization.yaml': layer('../base', 'stage'),
    'overlay/kustomization.yaml': layer('../layer', 'tier'),
  };
}

function deployment(
  name: string,
  kind: string,
  chance: (percent: number) => boolean,
  pick: <T>(items: readonly T[]) => T,
): string {
  return `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: ${name}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: web
          image: ${pick(['nginx', 'nginx:1', 'registry.example.com/app:1'])}
          env:
            - name: A
              value: "1"
${chance(50) ? `            - name: B\n              valueFrom:\n                configMapKeyRef:\n                  name: ${name}-settings\n                  key: a\n` : ''}${chance(50) ? '        - name: side\n          image: nginx\n' : ''}`;
}
