import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDotnetProject } from '../../../server/src/languages/dotnet/dotnetProjectLanguage.ts';
import { pyprojectLanguage } from '../../../server/src/languages/python/pyprojectLanguage.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

const project = (text: string) => parseDotnetProject(new SourceText('file:///a/Api.csproj', text));

describe('a project of .NET', () => {
  it('names packages with versions as attributes or elements, and references with slashes', () => {
    const file = project(
      '<Project Sdk="Microsoft.NET.Sdk">\n<ItemGroup>\n<PackageReference Include="Dapper" Version="2.1.66" />\n<PackageReference Include="Npgsql"><Version>9.0.4</Version></PackageReference>\n<PackageReference Include="Central" />\n<ProjectReference Include="..\\B\\B.csproj" />\n</ItemGroup></Project>',
    );
    assert.deepEqual(
      file.packages.map(({ name, version, versionSpan }) => [
        name,
        version,
        versionSpan && file.source.slice(versionSpan),
      ]),
      [
        ['Dapper', '2.1.66', '2.1.66'],
        ['Npgsql', '9.0.4', '9.0.4'],
        ['Central', undefined, undefined],
      ],
    );
    assert.deepEqual(file.references, ['../B/B.csproj']);
    assert.equal(file.isAppHost, false);
  });

  it('is an AppHost by its SDK or by its property', () => {
    for (const text of [
      '<Project Sdk="Aspire.AppHost.Sdk/13.0.0"/>',
      '<Project Sdk="Microsoft.NET.Sdk"><Sdk Name="Aspire.AppHost.Sdk" Version="9.5.2" /></Project>',
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><IsAspireHost>true</IsAspireHost></PropertyGroup></Project>',
    ])
      assert.equal(project(text).isAppHost, true, text);
  });

  it('never makes the reader throw', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'<>/="a \n&;!-') }), (text) => void project(text)));
  });
});

describe('a pyproject.toml', () => {
  const read = (text: string) => pyprojectLanguage.parse(new SourceText('file:///pyproject.toml', text));

  it('lists its dependencies by PEP 621, or by Poetry', () => {
    const listed = read('[project]\ndependencies = ["Flask>=3", "redis[hiredis]==6.4.0"]\n');
    assert.deepEqual(
      listed.requirements.map(({ name, specifier, nameSpan }) => [name, specifier, listed.source.slice(nameSpan)]),
      [
        ['flask', '>=3', 'Flask'],
        ['redis', '==6.4.0', 'redis'],
      ],
    );
    assert.equal(listed.isWhole, true);
    const poetry = read(
      '[tool.poetry.dependencies]\npython = "^3.12"\nSQLAlchemy = { version = "^2", extras = ["asyncio"] }\n',
    );
    assert.deepEqual(
      poetry.requirements.map(({ name, specifier, extras }) => [name, specifier, extras]),
      [['sqlalchemy', '^2', ['asyncio']]],
    );
  });

  it('is not the whole list where its dependencies are dynamic', () => {
    assert.equal(read('[project]\ndynamic = ["dependencies"]\n').isWhole, false);
  });
});
