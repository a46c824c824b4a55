import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { HelmCharts } from '../../client/src/adapters/helmCharts.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import { needTier } from '../environment/needTier.ts';
import { runProgram } from '../environment/processes/runProgram.ts';
import { toolPath } from '../environment/tools/tools.ts';

describe('Charts and repositories by a real helm', function () {
  this.timeout(60_000);
  let folder: string;
  let server: Server;
  let url: string;
  let helm: HelmCharts;
  let command: string;
  const said: string[] = [];
  const signal = new AbortController().signal;

  before(async function () {
    this.timeout(600_000);
    await needTier(this, 'helm');
    command = await toolPath('helm');
    folder = mkdtempSync(join(tmpdir(), 'slipway-charts-'));
    const environment = {
      PATH: process.env['PATH'],
      HELM_CONFIG_HOME: join(folder, 'config'),
      HELM_CACHE_HOME: join(folder, 'cache'),
      HELM_DATA_HOME: join(folder, 'data'),
    };
    helm = new HelmCharts({ command, environment, say: (line) => said.push(line) });
    server = createServer((request, response) => {
      const file = join(folder, 'served', basename(request.url ?? ''));
      response.statusCode = existsSync(file) ? 200 : 404;
      response.end(existsSync(file) ? readFileSync(file) : '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(async () => {
    if (server) await new Promise((resolve) => server.close(resolve));
    if (folder) rmSync(folder, { recursive: true });
  });

  function chart(name: string, more = ''): string {
    const path = join(folder, 'charts', name);
    mkdirSync(join(path, 'templates'), { recursive: true });
    writeFileSync(
      join(path, 'Chart.yaml'),
      `apiVersion: v2\nname: ${name}\nversion: 1.2.3\nappVersion: "9"\ndescription: A ${name}\n${more}`,
    );
    writeFileSync(join(path, 'templates/a.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n');
    return path;
  }

  it('packs a chart, finds it in a repository, and fetches it as a dependency', async () => {
    assert.deepEqual(await helm.repositories(signal), []);
    const served = join(folder, 'served');
    mkdirSync(served);
    const archive = await helm.package(chart('library'), served, signal);
    assert.equal(basename(archive), 'library-1.2.3.tgz');
    await runProgram(command, ['repo', 'index', served, '--url', url], {});
    await helm.addRepository('ours', url, signal);
    await helm.updateRepositories(signal);
    assert.deepEqual(await helm.repositories(signal), [{ name: 'ours', url }]);
    assert.deepEqual(await helm.search('library', false, signal), [
      { name: 'ours/library', version: '1.2.3', appVersion: '9', description: 'A library' },
    ]);
    assert.deepEqual(await helm.search('nothing-like-it', true, signal), []);
    const user = chart('user', `dependencies:\n  - { name: library, version: 1.x, repository: "${url}" }\n`);
    await helm.updateDependencies(user, signal);
    assert.ok(existsSync(join(user, 'charts/library-1.2.3.tgz')) && existsSync(join(user, 'Chart.lock')));
  });

  it('says in Helm’s words what went wrong, and what to do', async () => {
    const refused = async (work: Promise<unknown>): Promise<Failure> =>
      work.then(
        () => assert.fail('it was not refused'),
        (error: Failure) => error,
      );
    const broken = await refused(helm.package(join(folder, 'none'), folder, signal));
    assert.equal(broken.kind, 'invalid');
    assert.match(broken.report.said, /no such file|not found/i);
    const nowhere = await refused(helm.addRepository('bad', 'http://127.0.0.1:1', signal));
    assert.match(nowhere.report.said, /cannot be reached|connection refused/);
    const missing = new HelmCharts({ command: 'helm-that-is-not-there', environment: {}, say: () => {} });
    assert.equal((await refused(missing.updateRepositories(signal))).kind, 'tool-missing');
  });
});
