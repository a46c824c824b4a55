import assert from 'node:assert/strict';
import { readCargoManifest } from '../../../server/src/languages/rust/cargoManifest.ts';
import { readRust } from '../../../server/src/languages/rust/rustSource.ts';
import { parseToml } from '../../../server/src/languages/toml/parseToml.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

describe('a source of Rust', () => {
  it('builds pools by chains of calls', () => {
    const { pools } = readRust(
      'fn a() { sqlx::postgres::PgPoolOptions::new()\n .max_connections(1_0u32)\n // no\n .acquire_timeout(Duration::from_secs(3)).connect(&url).await?; let p = PgPool::connect(&url); x(config.max) }',
    );
    assert.deepEqual(
      pools.map(({ type, call, settings }) => [type, call, settings.map(({ name, count }) => [name, count])]),
      [
        [
          'PgPoolOptions',
          'new',
          [
            ['max_connections', 10],
            ['acquire_timeout', undefined],
            ['connect', undefined],
          ],
        ],
        ['PgPool', 'connect', []],
      ],
    );
  });

  it('names the variable where a number is not written', () => {
    const [pool] = readRust(
      'fn a(&self) { PgPoolOptions::new().max_connections(self.database_max_connections) }',
    ).pools;
    assert.deepEqual(
      pool?.settings.map(({ count, variable }) => [count, variable]),
      [[undefined, 'database_max_connections']],
    );
  });

  it('uses the macros of SQLx by their path or by an import', () => {
    const names = (text: string) => readRust(text).macros.map(({ name, argument }) => [name, argument]);
    assert.deepEqual(
      names('fn a() { sqlx::query!("SELECT 1"); sqlx::migrate!("./db"); println!("sqlx::query!(x)"); }'),
      [
        ['query', 'SELECT 1'],
        ['migrate', './db'],
      ],
    );
    assert.deepEqual(names('use sqlx::query_as;\nfn a() { query_as!(P, "S"); }').length, 1);
    assert.deepEqual(names('fn a() { query!("of another crate"); other::query!("x"); }'), []);
    assert.deepEqual(names('// sqlx::query!("in a comment")\nfn a() {}'), []);
  });

  it('never throws, wherever it is cut', () => {
    const text = 'fn a() { PgPoolOptions::new().max_connections(5).connect(&u).await?; sqlx::query!("x", 1) }';
    for (let end = 0; end <= text.length; end++) readRust(text.slice(0, end));
  });
});

describe('a manifest of Cargo', () => {
  it('asks for crates in every form', () => {
    const { root } = parseToml(
      new SourceText(
        'file:///Cargo.toml',
        '[dependencies]\na = "1"\nb = { package = "real", version = "2", default-features = false, features = ["x"] }\nc.workspace = true\n[dev-dependencies]\nd = "1"\n[target."cfg(unix)".dependencies]\ne = { path = "../e" }\n[workspace.dependencies]\nc = { version = "3", features = ["y"] }\n',
      ),
    );
    const manifest = readCargoManifest(root);
    assert.deepEqual(
      manifest.dependencies.map(({ crate, section, version, features, defaultFeatures, fromWorkspace }) => [
        crate,
        section,
        version,
        features.join(),
        defaultFeatures,
        fromWorkspace,
      ]),
      [
        ['a', 'dependencies', '1', '', true, false],
        ['real', 'dependencies', '2', 'x', false, false],
        ['c', 'dependencies', undefined, '', true, true],
        ['e', 'dependencies', undefined, '', true, false],
        ['d', 'dev-dependencies', '1', '', true, false],
      ],
    );
    assert.deepEqual(
      manifest.shared.map(({ crate, features }) => [crate, features.join()]),
      [['c', 'y']],
    );
  });
});
