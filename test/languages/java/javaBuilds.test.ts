import assert from 'node:assert/strict';
import { gradleLanguage } from '../../../server/src/languages/java/gradleLanguage.ts';
import type { JavaBuild } from '../../../server/src/languages/java/javaDependency.ts';
import { mavenLanguage } from '../../../server/src/languages/java/mavenLanguage.ts';
import { readVersionCatalog } from '../../../server/src/languages/java/versionCatalog.ts';
import { parseToml } from '../../../server/src/languages/toml/parseToml.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

function gradle(text: string, name = 'build.gradle'): JavaBuild {
  const file = gradleLanguage.parse(new SourceText(`file:///shop/${name}`, text));
  return gradleLanguage.facts(file).resources[0]!.model as JavaBuild;
}

function maven(text: string): JavaBuild {
  const file = mavenLanguage.parse(new SourceText('file:///shop/pom.xml', text));
  return mavenLanguage.facts(file).resources[0]!.model as JavaBuild;
}

const short = ({ group, artifact, version, scope }: JavaBuild['dependencies'][number]) =>
  `${group}:${artifact}:${version ?? ''}:${scope}`;

describe('a build of Gradle', () => {
  it('names its libraries in every usual form of Groovy', () => {
    const build = gradle(`
      plugins { id 'java'; id 'org.springframework.boot' version '3.5.7' }
      // implementation 'no:comment:1'
      dependencies {
        implementation 'a:b:1', 'ignored'
        runtimeOnly "c:d"
        implementation group: 'e', name: 'f', version: '2'
        testImplementation('g:h:3') { exclude group: 'x', module: 'y' }
        implementation "i:j:\${version}" /* 'k:l:4' */
        implementation platform('m:bom:5')
      }`);
    assert.deepEqual(build.dependencies.map(short), [
      'a:b:1:compile',
      'c:d::runtime',
      'e:f:2:compile',
      'g:h:3:test',
      'i:j::compile',
    ]);
    assert.deepEqual(
      build.plugins.map(({ id, version }) => [id, version]),
      [
        ['java', undefined],
        ['org.springframework.boot', '3.5.7'],
      ],
    );
    assert.equal(build.open, false);
  });

  it('names its libraries in Kotlin, and those of a catalog', () => {
    const build = gradle(
      'dependencies {\n  implementation("a:b:1")\n  runtimeOnly(libs.postgresql)\n  implementation(libs.bundles.data)\n}\n',
      'build.gradle.kts',
    );
    assert.deepEqual(build.dependencies.map(short), ['a:b:1:compile']);
    assert.deepEqual(
      build.catalogUses.map(({ accessor, scope }) => [accessor, scope]),
      [
        ['postgresql', 'runtime'],
        ['bundles.data', 'compile'],
      ],
    );
  });

  it('takes nothing from other blocks, and is open where a function may declare some', () => {
    assert.deepEqual(gradle('configurations { implementation "a:b:1" }').dependencies, []);
    assert.equal(gradle('dependencies { addDatabase("x") }').open, true);
    assert.equal(gradle('dependencies { implementation project(":common") }').open, true);
    assert.equal(gradle('dependencies { implementation(files("a.jar")) }').open, true);
  });

  it('never fails, wherever it is cut', () => {
    const text = 'plugins { id("a") version "1" }\ndependencies {\n implementation("b:c:1") { because(\'x\') }\n}';
    for (let end = 0; end <= text.length; end++) gradle(text.slice(0, end));
  });
});

describe('a version catalog', () => {
  it('knows libraries by their accessors, and bundles', () => {
    const { root } = parseToml(
      new SourceText(
        'file:///gradle/libs.versions.toml',
        '[versions]\npg = "42.7"\n[libraries]\npostgres-ql = { module = "org.postgresql:postgresql", version.ref = "pg" }\nflyway_core = "org.flywaydb:flyway-core:11"\n[bundles]\ndata = ["postgres-ql", "flyway_core"]\n',
      ),
    );
    const catalog = readVersionCatalog(root);
    assert.deepEqual(catalog.get('postgres.ql'), [
      { group: 'org.postgresql', artifact: 'postgresql', version: '42.7' },
    ]);
    assert.deepEqual(
      catalog.get('bundles.data')?.map(({ artifact }) => artifact),
      ['postgresql', 'flyway-core'],
    );
  });
});

describe('a project of Maven', () => {
  it('names its libraries, their versions by its properties', () => {
    const build = maven(
      '<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.5.7</version></parent><properties><r.version>2.3</r.version></properties><dependencyManagement><dependencies><dependency><groupId>x</groupId><artifactId>managed</artifactId></dependency></dependencies></dependencyManagement><dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId><version>${r.version}</version><scope>runtime</scope></dependency><dependency><groupId>c</groupId><artifactId>d</artifactId><version>${elsewhere}</version></dependency></dependencies></project>',
    );
    assert.deepEqual(build.dependencies.map(short), ['a:b:2.3:runtime', 'c:d::compile']);
    assert.equal(build.parent?.version, '3.5.7');
    assert.equal(build.open, false);
  });

  it('is open where a parent of its own, or a profile, may bring more', () => {
    assert.equal(
      maven('<project><parent><groupId>a</groupId><artifactId>parent</artifactId></parent></project>').open,
      true,
    );
    assert.equal(maven('<project><profiles><profile><dependencies/></profile></profiles></project>').open, true);
  });

  it('tells a half-typed file as a problem', () => {
    const file = mavenLanguage.parse(new SourceText('file:///pom.xml', '<project><dependencies><dependency>'));
    assert.deepEqual(
      file.problems.map(({ code }) => code),
      ['xml'],
    );
    assert.deepEqual(mavenLanguage.facts(file).resources.length, 1);
  });
});
