import assert from 'node:assert/strict';
import {
  isAcceptedLicence,
  packageFolders,
  readShippedPackage,
  type ShippedPackage,
  thirdPartyNotices,
} from '../../scripts/thirdPartyNotices.ts';
import { temporaryFolder } from './temporaryFolder.ts';

describe('third-party notices', () => {
  const project = temporaryFolder();

  it('finds the package of each file, nested and scoped ones too', () => {
    assert.deepEqual(
      packageFolders([
        'server/src/a.ts',
        'node_modules/yaml/dist/index.js',
        'node_modules/yaml/dist/parse/lexer.js',
        'node_modules/@kubernetes/client-node/dist/index.js',
        'node_modules/dockerode/node_modules/uuid/index.js',
      ]),
      ['node_modules/@kubernetes/client-node', 'node_modules/dockerode/node_modules/uuid', 'node_modules/yaml'],
    );
  });

  for (const [expression, accepted] of [
    ['MIT', true],
    ['GPL-3.0-or-later', false],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['(MIT AND Zlib)', true],
    ['MIT AND GPL-2.0-only', false],
    ['SEE LICENSE IN LICENSE.txt', false],
    ['', false],
  ] as const) {
    it(`${accepted ? 'accepts' : 'refuses'} “${expression}”`, () =>
      assert.equal(isAcceptedLicence(expression), accepted));
  }

  it('reads licence and notice files, and the older form of stating a licence', async () => {
    project.write({
      'node_modules/old/package.json': '{"name":"old","version":"1.0.0","licenses":[{"type":"MIT","url":"…"}]}',
      'node_modules/old/License.txt': 'Permission is granted.\r\n',
      'node_modules/old/NOTICE': 'Made by many.',
      'node_modules/old/index.js': '',
    });
    const shipped = await readShippedPackage(project.path, 'node_modules/old');
    assert.equal(shipped.licence, 'MIT');
    assert.deepEqual([...shipped.texts].sort(), ['Made by many.', 'Permission is granted.']);
  });

  it('knows the MIT licence by its text, where nothing else states one', async () => {
    const text =
      'The MIT License (MIT)\n\nPermission is hereby granted, free of charge, to any\nperson obtaining a copy';
    for (const [name, written, licence] of [
      ['plain', text, 'MIT'],
      ['other', text.replace('free of charge', 'for a fee'), ''],
      ['named', 'MIT License', ''],
    ] as const) {
      project.write({
        [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0' }),
        [`node_modules/${name}/license`]: written,
      });
      assert.equal((await readShippedPackage(project.path, `node_modules/${name}`)).licence, licence, name);
    }
  });

  const mit: ShippedPackage = { name: 'b', version: '1.0.0', licence: 'MIT', texts: ['Text with ``` in it.'] };

  it('lists each package once, in order, with a fence that its text cannot close', () => {
    const notices = thirdPartyNotices([mit, { ...mit, name: 'a', texts: [], remark: 'Schemas.' }, mit]);
    assert.deepEqual(
      [...notices.matchAll(/^## (.*)$/gm)].map(([, title]) => title),
      ['a 1.0.0', 'b 1.0.0'],
    );
    assert.match(notices, /Licence: MIT\n\nSchemas\.\n\nThe package carries no licence text\./);
    assert.match(notices, /````text\nText with ``` in it\.\n````/);
  });

  it('refuses to ship work whose licence does not allow it, by name', () => {
    assert.throws(
      () =>
        thirdPartyNotices([
          mit,
          { ...mit, name: 'viral', licence: 'GPL-3.0-only' },
          { ...mit, name: 'mute', licence: '' },
        ]),
      /viral 1\.0\.0 \(GPL-3\.0-only\), mute 1\.0\.0 \(no licence stated\)/,
    );
  });

  it('ships work under the Mozilla licence only with the address of its source', () => {
    const shared = { ...mit, name: 'shared', licence: 'MPL-2.0' };
    assert.throws(() => thirdPartyNotices([shared]), /shared 1\.0\.0 \(MPL-2\.0\)/);
    const notices = thirdPartyNotices([{ ...shared, sourceCode: 'https://example.org/shared' }]);
    assert.match(notices, /Licence: MPL-2\.0\n\nIts source is at <https:\/\/example\.org\/shared>\./);
    assert.throws(() => thirdPartyNotices([{ ...shared, licence: 'GPL-3.0-only', sourceCode: 'https://example.org' }]));
  });
});
