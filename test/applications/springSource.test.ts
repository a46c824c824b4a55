import assert from 'node:assert/strict';
import { springSource } from '../../server/src/features/springSource.ts';
import { knownKey, wantedInstead } from '../../server/src/languages/java/knownKeys.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { World } from '../../server/src/workspace/world.ts';
import { deployment, pom } from './applicationWorld.ts';

/** Asks at the `|` of a text. */
function at(name: string, marked: string) {
  const offset = marked.indexOf('|');
  const uri = `file:///shop/orders/src/main/resources/${name}`;
  const world = new World(LANGUAGES);
  world.apply([{ uri, text: marked.replace('|', '') }]);
  const snapshot = world.snapshot();
  return { file: snapshot.files.get(uri)!, snapshot, offset };
}

function offers(name: string, marked: string): string[] {
  return [...springSource.completions!(at(name, marked))].map(({ newText }) => newText);
}

describe('completion of Spring settings', () => {
  it('offers the next part of a key in YAML, without those that are there', () => {
    const found = offers('application.yaml', 'spring:\n  datasource:\n    hikari:\n      minimum-idle: 2\n      m|\n');
    assert.ok(found.includes('maximum-pool-size: '));
    assert.ok(!found.includes('minimum-idle: '));
    assert.ok(offers('application.yaml', 'spring:\n  |\n').includes('datasource:'));
  });

  it('offers the settings of an instance with a name of its own', () => {
    const found = offers('application.yaml', 'resilience4j:\n  retry:\n    instances:\n      payments:\n        |\n');
    assert.ok(found.includes('max-attempts: '));
  });

  it('offers values where they are few', () => {
    assert.deepEqual(offers('application.yaml', 'spring:\n  jpa:\n    open-in-view: |\n'), ['true', 'false']);
    assert.ok(offers('application.properties', 'spring.jpa.hibernate.ddl-auto=v|').includes('validate'));
    assert.deepEqual(offers('application.yaml', 'spring:\n  datasource:\n    url: |\n'), []);
  });

  it('offers whole keys in properties, and keeps the value that is there', () => {
    assert.ok(offers('application.properties', 'spring.jpa|').includes('spring.jpa.open-in-view='));
    assert.ok(offers('application.properties', 'spring.jpa|=true').includes('spring.jpa.open-in-view'));
    assert.deepEqual(offers('application.properties', '# spring.|'), []);
  });

  it('offers nothing in files of other things', () => {
    const world = new World(LANGUAGES);
    world.apply([{ uri: 'file:///shop/values.yaml', text: 'spring:\n  \n' }]);
    const snapshot = world.snapshot();
    const file = snapshot.files.get('file:///shop/values.yaml')!;
    assert.deepEqual([...springSource.completions!({ file, snapshot, offset: 10 })], []);
  });
});

describe('hover on Spring settings', () => {
  it('explains a known key, however it is written', () => {
    assert.match(
      springSource.explain!(at('application.yaml', 'spring:\n  jpa:\n    openIn|View: true\n'))!.markdown,
      /spring\.jpa\.open-in-view.*connection/s,
    );
    assert.match(
      springSource.explain!(at('application.properties', 'spring.datasource.hikari.maximum|-pool-size=5\n'))!.markdown,
      /Where nothing is set: 10/,
    );
  });

  it('says nothing of a key that it does not know', () => {
    assert.equal(springSource.explain!(at('application.yaml', 'shop:\n  cata|log: x\n')), undefined);
  });
});

describe('hover where the application runs', () => {
  const files = {
    'orders/pom.xml': pom('org.springframework.boot:spring-boot-starter-data-jpa'),
    'orders/src/main/resources/application.yaml':
      'spring:\n  datasource:\n    url: jdbc:postgresql://localhost/orders\n    password: tulip\n  jpa:\n    open-in-view: false\n  r2dbc:\n    url: r2dbc:postgresql://orders:tulip@db/orders\n',
    'deploy/orders.yaml': deployment('          envFrom:\n            - configMapRef: { name: orders }\n'),
    'deploy/config.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: orders, namespace: shop }\ndata:\n  SPRING_DATASOURCE_URL: jdbc:postgresql://db/orders\n  SPRING_DATASOURCE_PASSWORD: harbour\n  SPRING_R2DBC_URL: r2dbc:postgresql://orders:harbour@db/orders\n',
  };
  const hover = (path: string, text: string): string | undefined => {
    const world = new World(LANGUAGES);
    world.apply(Object.entries(files).map(([name, content]) => ({ uri: `file:///shop/${name}`, text: content })));
    const snapshot = world.snapshot();
    const file = snapshot.files.get(`file:///shop/${path}`)!;
    return springSource.explain!({ file, snapshot, offset: file.parsed.source.text.indexOf(text) + 1 })?.markdown;
  };
  const YAML = 'orders/src/main/resources/application.yaml';

  it('says which value counts, and who sets it', () => {
    assert.match(
      hover(YAML, 'url:')!,
      /In Deployment orders: `jdbc:postgresql:\/\/db\/orders`, set by `SPRING_DATASOURCE_URL` in ConfigMap orders\./,
    );
    assert.match(hover(YAML, 'open-in-view')!, /In Deployment orders this value counts\./);
  });

  it('says what a variable sets, and what it overrides', () => {
    assert.equal(
      hover('deploy/config.yaml', 'SPRING_DATASOURCE_URL'),
      '`SPRING_DATASOURCE_URL` is `spring.datasource.url` of Deployment orders, in place of `jdbc:postgresql://localhost/orders` in application.yaml.',
    );
  });

  it('never shows a password', () => {
    for (const text of [
      hover(YAML, 'password:'),
      hover('deploy/config.yaml', 'SPRING_DATASOURCE_PASSWORD'),
      hover('deploy/config.yaml', 'SPRING_R2DBC_URL'),
      hover(YAML, 'url: r2dbc'),
    ]) {
      assert.ok(text);
      assert.doesNotMatch(text, /tulip|harbour/);
    }
  });
});

describe('the value of a known key', () => {
  for (const [key, text, isRight] of [
    ['spring.datasource.hikari.maximum-pool-size', '10', true],
    ['spring.datasource.hikari.maximumPoolSize', 'ten', false],
    ['spring.datasource.hikari.connection-timeout', '2s', false],
    ['spring.cache.redis.time-to-live', '5m', true],
    ['spring.cache.redis.time-to-live', 'PT1.5S', true],
    ['spring.cache.redis.time-to-live', '5 minutes', false],
    ['spring.jpa.open-in-view', 'off', true],
    ['spring.jpa.open-in-view', 'nope', false],
    ['spring.jpa.hibernate.ddl-auto', 'create_drop', true],
    ['spring.jpa.hibernate.ddl-auto', 'validated', false],
    ['resilience4j.circuitbreaker.instances.payments.failure-rate-threshold', '12.5', true],
    ['spring.datasource.hikari.maximum-pool-size', '${POOL}', true],
    ['spring.datasource.hikari.maximum-pool-size', '', true],
  ] as const) {
    it(`${key} is ${isRight ? '' : 'not '}${text === '' ? 'nothing' : text}`, () =>
      assert.equal(wantedInstead(knownKey(key)!.takes, text) === undefined, isRight));
  }
});
