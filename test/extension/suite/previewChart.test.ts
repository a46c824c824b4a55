import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';
import { slipwayExtension } from './slipwayExtension.ts';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  ports:
    - name: http
      port: {{ .Values.port }}
`;

describe('Preview Rendered Chart', () => {
  before(function () {
    const folder = helmFolder();
    if (folder === undefined) {
      this.skip();
    } else process.env['PATH'] = `${folder}${path.delimiter}${process.env['PATH']}`;
  });

  it('shows what helm renders and what is wrong with it, and follows what is saved', async () => {
    await slipwayExtension().activate();
    await openWorkspaceFile('suite-chart/Chart.yaml', 'apiVersion: v2\nname: suite-chart\nversion: 1.0.0\n');
    const values = await openWorkspaceFile('suite-chart/values.yaml', 'port: 99999\n');
    const template = await openWorkspaceFile('suite-chart/templates/service.yaml', SERVICE);
    await vscode.commands.executeCommand('slipway.previewChart', template.uri);

    const shown = await eventually('the preview', () =>
      vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'slipway-rendered'),
    );
    assert.match(shown.document.getText(), /name: suite-chart\n[\s\S]*port: 99999/);
    const asRendered = (): vscode.Diagnostic[] =>
      vscode.languages.getDiagnostics(template.uri).filter(({ message }) => message.startsWith('As rendered'));
    const [finding] = await eventually('a finding in the template', () => asRendered().length > 0 && asRendered());
    assert.equal(finding?.range.start.line, 7);
    assert.equal(finding?.relatedInformation?.[0]?.location.uri.toString(), values.uri.toString());

    const edit = new vscode.WorkspaceEdit();
    edit.replace(values.uri, new vscode.Range(0, 0, 1, 0), 'port: 8080\n');
    await vscode.workspace.applyEdit(edit);
    assert.match(shown.document.getText(), /99999/, 'nothing is rendered before it is saved');
    await values.save();
    await eventually('the preview of what was saved', () => /port: 8080/.test(shown.document.getText()));
    await eventually('the finding to go', () => asRendered().length === 0);
  });
});

/** Where a helm is: on the PATH, or where the test environment built one. */
function helmFolder(): string | undefined {
  const cache = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'slipway/test-environment');
  const built = existsSync(cache) ? readdirSync(cache).map((name) => path.join(cache, name)) : [];
  const folders = [
    process.env['KUBEBUILDER_ASSETS'] ?? '',
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    ...built,
  ];
  return folders.find((folder) => folder !== '' && existsSync(path.join(folder, 'helm')));
}
