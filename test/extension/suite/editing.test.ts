import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';

const CART = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: suite-cart
spec:
  selector:
    matchLabels: { app: suite-cart }
  strategy:
    rollingUpdate:
      maxSurge: 0
      maxUnavailable: 0
  template:
    metadata:
      labels: { app: suite-cart }
    spec:
      containers:
        - name: cart
          image: registry.example.com/cart:1.0.0
`;
const ROUTE = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: suite-cart
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: suite-cart
  minReplicas: 2
  maxReplicas: 4
`;

describe('editing a manifest', () => {
  const found = (uri: vscode.Uri): vscode.Diagnostic | undefined =>
    vscode.languages.getDiagnostics(uri).find((diagnostic) => codeOf(diagnostic) === 'rolling/no-progress');

  it('shows a finding at its place, with a link to its page, and mends it by a quick fix', async () => {
    const document = await openWorkspaceFile('suite/cart.yaml', CART);
    await eventually('the finding', () => found(document.uri) !== undefined);
    const diagnostic = found(document.uri)!;
    assert.equal(document.getText(diagnostic.range), '0');
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(diagnostic.source, 'slipway');
    const target = typeof diagnostic.code === 'object' ? diagnostic.code.target : undefined;
    assert.equal(target?.toString(), 'slipway-page:/rolling/no-progress.md');
    const page = await vscode.workspace.openTextDocument(target);
    assert.match(page.getText(), /^## no-progress\n/);
    assert.doesNotMatch(page.getText(), /## drops-to-zero/, 'the page is that of the rule alone');
    const ours = vscode.languages
      .getDiagnostics(document.uri)
      .filter((other) => codeOf(other) === 'rolling/no-progress');
    assert.equal(ours.length, 1, 'the finding is shown once');

    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
    );
    const fix = actions.find(({ title }) => title === 'Set maxSurge to 1');
    assert.ok(fix?.edit, `Offered: ${actions.map(({ title }) => title).join('; ')}`);
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /maxSurge: 1$/m);
    await eventually('the finding to go', () => found(document.uri) === undefined);
  });

  it('shows the findings of files that are not open, with the same links', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const uri = vscode.Uri.joinPath(folder!.uri, 'suite/closed.yaml');
    await vscode.workspace.fs.writeFile(uri, Buffer.from(CART.replaceAll('suite-cart', 'suite-closed')));
    const diagnostic = await eventually('the finding of the closed file', () => found(uri));
    const target = typeof diagnostic.code === 'object' ? diagnostic.code.target : undefined;
    assert.equal(target?.toString(), 'slipway-page:/rolling/no-progress.md');
    await vscode.workspace.fs.delete(uri);
    await eventually('the finding to go with its file', () => found(uri) === undefined);
  });

  it('leads from a reference to another file, and completes names from the workspace', async () => {
    await openWorkspaceFile('suite/cart.yaml', CART);
    const document = await openWorkspaceFile('suite/autoscaler.yaml', ROUTE);
    const line = ROUTE.split('\n').indexOf('    name: suite-cart');
    const position = new vscode.Position(line, '    name: sui'.length);
    await eventually('the definition', async () => {
      const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        position,
      );
      return places.some((place) => ('uri' in place ? place.uri : place.targetUri).path.endsWith('/suite/cart.yaml'));
    });
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.equal(labels.filter((label) => label === 'suite-cart').length, 1, labels.join(', '));
  });
});

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}
