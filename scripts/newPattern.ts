import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/* npm run new-pattern <id>: writes the skeleton of a pattern's folder, whose tests fail until it is filled in. */
const [id] = process.argv.slice(2);
if (id === undefined || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) {
  console.error('Usage: npm run new-pattern <id>, with an id in kebab-case such as write-through');
  process.exit(2);
}
const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../server/src/patterns', id);
if (existsSync(folder)) {
  console.error(`${folder} exists already.`);
  process.exit(1);
}
const title = `${id[0]!.toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;
const files: Readonly<Record<string, string>> = {
  'pattern.ts': `import { definePattern } from '../../rules/pattern.ts';

export const pattern = definePattern({
  id: '${id}',
  title: '${title}',
  category: 'resilience',
  summary: '',
  roles: { workload: { title: 'workload', required: true } },
  *recognize(_graph) {},
});
`,
  'firstFault.ts': `import { defineRule } from '../../rules/contract.ts';

/** Why this is a fault. */
export const rule = defineRule({
  id: '${id}/first-fault',
  severity: 'warning',
  profile: 'recommended',
  types: ['apps/Deployment'],
  *check(_resource, _graph) {},
});
`,
  'README.md': `# ${title}

What the pattern is, when to use it, what can go wrong.

\`\`\`mermaid
flowchart LR
  caller --> callee
\`\`\`

## first-fault

Why this is a fault at run time.

\`\`\`yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  #     ^^^^ warning: What is wrong with cart.
\`\`\`

Passes:

\`\`\`yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
\`\`\`
`,
  'snippet.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: \${1:cart}
  namespace: \${2:shop}
`,
};
mkdirSync(folder);
for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
console.log(
  `Wrote ${Object.keys(files).join(', ')} to ${folder}. Next: npm run generate, then npm test -- --only unit --grep ${id}`,
);
