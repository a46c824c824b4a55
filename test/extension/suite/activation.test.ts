import assert from 'node:assert/strict';
import {
  commands,
  type Diagnostic,
  extensions,
  languages,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { SlipwayApi } from '../../../client/src/extension.ts';
import { eventually } from './eventually.ts';

const CANARY = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: basket
  namespace: activation
spec:
  host: basket
  subsets:
    - name: v2
      labels:
        version: v3
---
apiVersion: v1
kind: Service
metadata:
  name: basket
  namespace: activation
spec:
  selector: { app: basket }
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: basket-v2
  namespace: activation
spec:
  selector:
    matchLabels: { app: basket, version: v2 }
  template:
    metadata:
      labels: { app: basket, version: v2 }
    spec:
      containers:
        - name: basket
          image: registry.example/basket:2.0.0
`;

describe('the extension', () => {
  const extension = extensions.getExtension<SlipwayApi>('slipway.slipway');
  let file: Uri;
  let document: TextDocument;

  before(async () => {
    const folder = workspace.workspaceFolders?.[0];
    assert.ok(folder, 'a folder is open');
    file = Uri.joinPath(folder.uri, 'activation', 'basket.yaml');
    await workspace.fs.writeFile(file, Buffer.from(CANARY));
    document = await workspace.openTextDocument(file);
    await window.showTextDocument(document);
  });

  after(() => workspace.fs.delete(Uri.joinPath(file, '..'), { recursive: true }));

  it('becomes active when a manifest is open', async () => {
    assert.ok(extension, 'slipway.slipway is installed');
    await eventually('activation', () => extension.isActive);
  });

  it('registers the commands that it contributes, and no others', async () => {
    const manifest = extension?.packageJSON as { contributes: { commands: { command: string }[] } };
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    const registered = (await commands.getCommands(true)).filter((command) => command.startsWith('slipway.'));
    // VS Code itself adds commands to focus, resize and reset each view.
    const own = registered.filter((command) => !/^slipway\.(patterns|pipeline|cluster|terraformPlan)\./.test(command));
    assert.deepEqual(own.sort(), contributed.sort());
  });

  it('shows what is wrong in the manifest, with the places that explain it', async () => {
    const found = await eventually('the finding', () => findingsOf(document, 'canary/subset-without-pods')[0]);
    assert.equal(found.range.start.line, CANARY.split('\n').indexOf('        version: v3'));
    assert.match(found.message, /basket-v2/);
    const related = found.relatedInformation?.map(({ location }) => location.range.start.line);
    assert.deepEqual(related, [CANARY.split('\n').lastIndexOf('      labels: { app: basket, version: v2 }')]);
  });

  it('takes the finding back when the manifest is mended', async () => {
    const editor = await window.showTextDocument(document);
    const at = document.getText().indexOf('v3');
    await editor.edit((edit) => edit.replace(new Range(document.positionAt(at), document.positionAt(at + 2)), 'v2'));
    await eventually('no finding', () => findingsOf(document, 'canary/subset-without-pods').length === 0);
  });

  it('shows in the Patterns view what the workspace uses', async () => {
    const api = await extension?.activate();
    assert.ok(api);
    const labels = (items: Awaited<ReturnType<SlipwayApi['patterns']>>): string[] =>
      items.flatMap(({ label, children }) => [label, ...labels(children)]);
    const shown = labels(await api.patterns());
    assert.ok(shown.includes('Canary'), shown.join(', '));
  });
});

function findingsOf(document: TextDocument, code: string): Diagnostic[] {
  return languages.getDiagnostics(document.uri).filter((diagnostic) => {
    const { code: own } = diagnostic;
    return (typeof own === 'object' ? own.value : own) === code;
  });
}
