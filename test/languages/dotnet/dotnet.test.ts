import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseAppSettings } from '../../../server/src/languages/dotnet/appSettingsLanguage.ts';
import {
  connectionValue,
  POOL_SIZE_KEYS,
  readConnectionString,
} from '../../../server/src/languages/dotnet/connectionString.ts';
import { readCSharp } from '../../../server/src/languages/dotnet/csharpCalls.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

describe('a file of C#', () => {
  it('is read by its calls, chained ones with what they follow and what they are assigned to', () => {
    const { calls } = readCSharp(
      'var db = builder.AddPostgres("server").WithImageTag("17.7").AddDatabase("shop");\nbuilder.AddProject<Projects.Api>("api").WithReference(db);',
    );
    assert.deepEqual(
      calls.map(({ name, types, receiver, assignedTo, arguments: [first] }) => [
        name,
        types.join(),
        receiver,
        assignedTo,
        first?.literal ?? first?.variable,
      ]),
      [
        ['AddPostgres', '', 'builder', 'db', 'server'],
        ['WithImageTag', '', 'AddPostgres', 'db', '17.7'],
        ['AddDatabase', '', 'WithImageTag', 'db', 'shop'],
        ['AddProject', 'Projects.Api', 'builder', undefined, 'api'],
        ['WithReference', '', 'AddProject', undefined, 'db'],
      ],
    );
  });

  it('keeps what lambdas hold in the statement that they stand in', () => {
    const { calls } = readCSharp(
      'services.AddDbContextPool<Shop>(options => { options.UseNpgsql(c.GetConnectionString("shop")); }, poolSize: 64);\nother.Run();',
    );
    const [pool, use, connection, run] = calls;
    assert.equal(pool?.statement, use?.statement);
    assert.equal(connection?.statement, pool?.statement);
    assert.notEqual(run?.statement, pool?.statement);
    assert.deepEqual(pool?.arguments.at(-1), { ...pool?.arguments.at(-1), label: 'poolSize', literal: 64 });
  });

  it('reads no call in comments, strings of any form, or comparisons', () => {
    const { calls } = readCSharp(
      '// Add("a")\n/* Add("b") */\n#if Add("c")\nvar s = "Add(\\"d\\")" + @"Add(""e"")" + """Add("f")""" + $"Add({x})";\nif (a < b && c > (d)) Real(@"x""y", $"{z}");',
    );
    assert.deepEqual(
      calls
        .filter(({ name }) => name !== 'if')
        .map(({ name, arguments: own }) => [name, own.map(({ literal }) => literal)]),
      [['Real', ['x""y', undefined]]],
    );
  });

  it('knows the bases of classes with parameters of every kind', () => {
    const { classes } = readCSharp(
      'public sealed class Shop<T>(DbContextOptions<Shop<T>> options) : IdentityDbContext<User>(options), IThing where T : class { class Inner; }',
    );
    assert.deepEqual(
      classes.map(({ name, bases }) => [name, bases]),
      [
        ['Shop', ['IdentityDbContext', 'IThing']],
        ['Inner', []],
      ],
    );
  });

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'aB<>(){}"\'@$;:=.,/*\n#1 ') }),
        (text) => void readCSharp(text),
      ),
    );
  });
});

describe('an appsettings.json', () => {
  const parse = (text: string, name = 'appsettings.json') => parseAppSettings(new SourceText(`file:///${name}`, text));

  it('may have comments and a last comma, and belongs to the environment in its name', () => {
    const file = parse('\ufeff{\n  // why\n  "A": { "B": "x", },\n}', 'appsettings.Production.json');
    assert.equal(file.environment, 'Production');
    assert.deepEqual(file.problems, []);
    assert.equal(file.roots[0]?.text('A', 'B'), 'x');
    const { span } = file.roots[0]!.find('A', 'B')!;
    assert.equal(file.source.slice(span), 'x');
  });

  it('tells where it cannot be read, and then lacks nothing', () => {
    const file = parse('{ "A": 1 "B" }');
    assert.ok(file.problems.length > 0);
    assert.equal(file.roots[0]?.lacks('C'), false);
  });

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,a1 \n\\/*\ufeff') }), (text) => void parse(text)),
    );
    parse('['.repeat(100_000));
  });
});

describe('a connection string', () => {
  it('has keys in any spelling, quoted values and places', () => {
    const text = 'Host=db; Maximum Pool Size = 15;Password="a;b";Max Pool Size=20';
    const settings = readConnectionString(text)!;
    const size = connectionValue(settings, ...POOL_SIZE_KEYS)!;
    assert.deepEqual([size.value, text.slice(size.valueSpan.start, size.valueSpan.end)], ['20', '20']);
    assert.equal(connectionValue(settings, 'password')?.value, 'a;b');
    assert.equal(connectionValue(settings, 'host')?.value, 'db');
  });

  it('is none where a URL or plain words stand', () => {
    assert.equal(readConnectionString('postgres://u@h/db?a=b'), undefined);
    assert.equal(readConnectionString('nothing here'), undefined);
  });
});
