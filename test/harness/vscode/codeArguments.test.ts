import assert from 'node:assert/strict';
import { parseCodeArguments } from './codeArguments.ts';

describe('the arguments of `code`', () => {
  it('are read as @vscode/test-electron writes them', () => {
    const parsed = parseCodeArguments([
      '/work space/shop',
      '--user-data-dir',
      '/tmp/profile',
      '--extensions-dir=/tmp/extensions',
      '--no-sandbox',
      '--disable-gpu-sandbox',
      '--extensionTestsPath=/r/dist/test/extension.cjs',
      '--extensionDevelopmentPath=/r',
      '--extensionDevelopmentPath=/other',
    ]);
    assert.deepEqual(parsed, {
      developmentPaths: ['/r', '/other'],
      testsPath: '/r/dist/test/extension.cjs',
      folder: '/work space/shop',
      userDataFolder: '/tmp/profile',
      extensionsFolder: '/tmp/extensions',
    });
  });

  it('need no folder and no profile', () => {
    const { folder, userDataFolder } = parseCodeArguments(['--extensionTestsPath=/t']);
    assert.deepEqual([folder, userDataFolder], [undefined, undefined]);
  });

  it('take a path with an equals sign', () => {
    assert.equal(parseCodeArguments(['--extensionTestsPath=/a=b/t']).testsPath, '/a=b/t');
  });

  it('must ask for a test run, since that is all that is stood in for', () => {
    assert.throws(() => parseCodeArguments(['/shop']), /--extensionTestsPath is missing/);
  });

  it('must not ask for two folders', () => {
    assert.throws(() => parseCodeArguments(['--extensionTestsPath=/t', '/a', '/b']), /one folder, not \/a and \/b/);
  });
});
