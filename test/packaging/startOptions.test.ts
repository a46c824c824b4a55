import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { desktopCodeArguments, findDesktopCode } from '../../scripts/desktopCode.ts';
import { opensExample, parseStartOptions } from '../../scripts/startOptions.ts';
import { temporaryFolder } from './temporaryFolder.ts';

describe('npm start', () => {
  const project = temporaryFolder();
  const root = project.path;
  const parse = (...parameters: string[]) => parseStartOptions(parameters, root, root);

  describe('without an example', () => {
    it('opens the project itself, says so, and does not trust it for the person', () => {
      const { folder, file, trusted, remarks } = parse();
      assert.equal(folder, root);
      assert.equal(file, undefined);
      assert.equal(trusted, false);
      assert.match(remarks.join(), /no examples\/shop-with-faults/);
    });
  });

  describe('with the example', () => {
    const example = join(root, 'examples', 'shop-with-faults');
    before(() =>
      project.write({
        'examples/shop-with-faults/a.yaml': '',
        'examples/shop-with-faults/deploy/catalog/destination-rule.yaml': '',
        'examples/empty/README.md': '',
        'other/canary.yaml': '',
      }),
    );

    it('opens the canary of the example, trusted, in a profile of the checkout', () => {
      const { where, folder, file, trusted, port, profileFolder, remarks } = parse();
      assert.equal(where, undefined);
      assert.equal(folder, example);
      assert.equal(file, join(example, 'deploy', 'catalog', 'destination-rule.yaml'));
      assert.equal(trusted, true);
      assert.equal(port, undefined);
      assert.equal(profileFolder, join(root, '.vscode-host-data'));
      assert.deepEqual(remarks, []);
    });

    it('opens an example that has no canary without a file', () => {
      assert.deepEqual([parse('examples/empty').file, parse('examples/empty').trusted], [undefined, true]);
    });

    it('opens a named folder in Restricted Mode, and no file that was not asked for', () => {
      const { folder, file, trusted } = parse('other');
      assert.deepEqual([folder, file, trusted], [join(root, 'other'), undefined, false]);
    });

    it('does not take a neighbour of the examples for one of them', () => {
      project.write({ 'examples-of-mine/canary.yaml': '' });
      assert.equal(parse('examples-of-mine').trusted, false);
    });

    it('trusts a named folder when it is told to', () => {
      assert.equal(parse('--trust', 'other', 'canary.yaml').trusted, true);
    });

    it('plants its faults only when it is what is opened', () => {
      for (const parameters of [[], ['--browser'], ['examples/shop-with-faults'], [example]]) {
        assert.equal(opensExample(parameters, root, root), true, parameters.join(' '));
      }
      assert.equal(opensExample(['other'], root, root), false);
      assert.equal(opensExample(['examples/empty'], root, root), false);
    });

    it('takes flags', () => {
      const { where, port, profileFolder } = parse('--browser', '--port', '0', '--profile', 'mine');
      assert.deepEqual([where, port, profileFolder], ['browser', 0, join(root, 'mine')]);
    });

    for (const [parameters, message] of [
      [['--browser', '--desktop'], /exclude each other/],
      [['--port', 'http'], /http is not a port number/],
      [['--port', '70000'], /70000 is not a port number/],
      [['--unknown'], /--unknown.*\n\nnpm start/s],
      [['absent'], /There is no folder .*absent/],
      [['other', 'absent.yaml'], /There is no file .*absent\.yaml/],
    ] as const) {
      it(`refuses ${parameters.join(' ')} in plain words`, () => {
        assert.throws(() => parse(...parameters), message);
      });
    }
  });

  describe('on the desktop', () => {
    const bin = join(root, 'bin');
    const code = join(bin, 'code');
    const environment = { PATH: `/nowhere${delimiter}${bin}`, DISPLAY: ':0' };
    before(() => {
      project.write({ 'bin/code': '#!/bin/sh\n' });
      chmodSync(code, 0o755);
    });

    it('finds `code` on the PATH', () => assert.equal(findDesktopCode(environment, 'linux'), code));

    it('does not use it without a display', () => {
      assert.equal(findDesktopCode({ PATH: bin }, 'linux'), undefined);
      assert.equal(findDesktopCode({ PATH: bin }, 'darwin'), code);
    });

    it('does not use the command of a remote window, which knows no development path', () => {
      assert.equal(findDesktopCode({ ...environment, VSCODE_IPC_HOOK_CLI: '/tmp/socket' }, 'linux'), undefined);
    });

    it('finds nothing where there is nothing', () =>
      assert.equal(findDesktopCode({ PATH: '', DISPLAY: ':0' }, 'linux'), undefined));

    it('opens folder and file in a profile of its own with the extension from its sources', () => {
      assert.deepEqual(desktopCodeArguments({ root: '/r', profileFolder: '/p', folder: '/f', file: '/f/a.yaml' }), [
        '--extensionDevelopmentPath=/r',
        '--user-data-dir',
        '/p/desktop',
        '--extensions-dir',
        '/p/desktop/extensions',
        '--wait',
        '--new-window',
        '/f',
        '/f/a.yaml',
      ]);
    });
  });
});
