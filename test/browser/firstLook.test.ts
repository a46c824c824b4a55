import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureFaultyExample } from '../../scripts/faultyExample.ts';
import { lineOf, type PlantedFault, planted, plantedFaults } from '../../scripts/plantFaults.ts';
import { type BrowserSession, openBrowserSession } from '../harness/vscode/browserSession.ts';
import { copyWorkspace } from '../harness/vscode/copyWorkspace.ts';
import { npmStart, type StartedVscode } from '../harness/vscode/npmStart.ts';
import type { Problem } from '../harness/vscode/problem.ts';
import type { ListRow } from '../harness/vscode/virtualList.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const CODE = 'canary/subset-without-pods';
const ROUTING = 'deploy/catalog/destination-rule.yaml';

/** What a person does first: runs npm start, opens the address, looks at the canary of the example, and mends it. */
describe('a first look at Slipway in a browser', function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'slipway-first-look-'));
  const workspace = join(folder, 'shop-with-faults');
  let fault: PlantedFault;
  let started: StartedVscode | undefined;
  let session: BrowserSession | undefined;
  const vscode = () => {
    assert.ok(session, 'a window is open');
    return session.window;
  };

  const isOurs = ({ code, file }: Problem) => code === CODE && file === basename(fault.file);

  before(async () => {
    const found = plantedFaults().find(({ rule }) => rule === CODE);
    assert.ok(found, `a fault of ${CODE} is planted in the shop`);
    fault = found;
    await ensureFaultyExample(ROOT);
    await copyWorkspace(join(ROOT, 'examples', 'shop-with-faults'), workspace);
    const profile = join(folder, 'profile');
    started = await npmStart(ROOT, ['--browser', '--trust', '--port', '0', '--profile', profile, workspace]);
    session = await openBrowserSession(started.address);
  });

  after(async () => {
    await session?.close();
    const exitCode = await started?.stop();
    rmSync(folder, { recursive: true, force: true });
    if (started) assert.equal(exitCode, 0, `npm start ends cleanly when it is stopped:\n${started.output()}`);
  });

  it('shows the faults of the canary, each with the places that explain it', async () => {
    await vscode().openFile(fault.file);
    // The shop has many faults; a person looks for those of this file.
    await vscode().filterProblems(basename(fault.file));
    const problems = await vscode().waitForProblems(`${CODE} among the problems`, (all) => all.some(isOurs));
    const problem = problems.find(isOurs);
    assert.equal(problem?.severity, 'error');
    assert.equal(problem?.source, 'slipway');
    assert.match(problem?.message ?? '', /matches no pod/);
    assert.ok(
      problem?.related.some(({ file }) => file.startsWith('deployment')),
      `related places: ${JSON.stringify(problem?.related)}`,
    );
    await vscode().select(lineOf(fault));
    await vscode().waitForSquiggles('error');
  });

  it('says in a hover what is wrong there', async () => {
    const hover = await vscode().hoverAt(lineOf(fault), 'matches no pod');
    assert.match(hover, /canary\/subset-without-pods/);
    await vscode().screenshot('canary-diagnostics');
  });

  it('offers fields with their documentation', async () => {
    await vscode().openFile(ROUTING);
    await vscode().goBehind('  host: catalog.shop.svc.cluster.local');
    await vscode().press('Enter');
    try {
      await offersFields();
    } finally {
      await vscode().runCommand('File: Revert File');
    }
  });

  async function offersFields(): Promise<void> {
    const labels = (await vscode().completions()).map(({ label }) => label);
    assert.ok(labels.includes('exportTo'), labels.join(', '));
    assert.ok(!labels.includes('host'), 'a field that is there is not offered again');
    const documentation = await vscode().completionDocumentation('exportTo', 'namespaces');
    assert.ok(documentation.length > 40, documentation);
    await vscode().screenshot('completion');
  }

  it('lists the patterns of the shop', async () => {
    await vscode().openView('Slipway', 'Patterns');
    const patterns = [
      'Canary',
      'Rolling update',
      'Blue-green',
      'Service mesh',
      'Circuit breaker',
      'Requests and limits',
    ];
    const rows = await vscode().waitForTree('Patterns', (seen) => {
      const labels = seen.map(({ parts }) => parts['label-name'] ?? '');
      return patterns.every((pattern) => labels.includes(pattern)) && describes(seen, 'Canary', 'faulty');
    });
    assert.ok(describes(rows, 'Rolling update', 'complete'), 'what is whole is called so');
    const picture = await vscode().screenshot('patterns-view');
    assert.ok(existsSync(picture) && statSync(picture).size > 10_000, 'a picture is kept for people to look at');
  });

  it('mends the fault by a quick fix, and says no more about it', async () => {
    await vscode().openFile(fault.file);
    const titles = await vscode().quickFixes(lineOf(fault));
    const title = titles.find((candidate) => candidate.startsWith('Use the labels of'));
    assert.ok(title, `the fixes are ${titles.join(', ')}`);
    await vscode().quickFix(lineOf(fault), title);
    await vscode().waitForProblems(`no ${CODE}`, (all) => !all.some(isOurs));
    await vscode().save();
    const mended = readFileSync(join(workspace, fault.file), 'utf8');
    const others = plantedFaults().filter((other) => other.file === fault.file && other.rule !== fault.rule);
    const shop = readFileSync(join(ROOT, 'examples', 'shop', fault.file), 'utf8');
    assert.equal(mended, planted(fault.file, shop, others), 'as if the fault had never been planted');
    await vscode().screenshot('canary-mended');
  });
});

/** Whether the row `label` says `words` beside its name. */
function describes(rows: readonly ListRow[], label: string, words: string): boolean {
  const row = rows.find(({ parts }) => parts['label-name'] === label);
  return row?.parts['label-description']?.includes(words) ?? false;
}
