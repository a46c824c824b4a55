import assert from 'node:assert/strict';
import { matchesProfiles } from '../../server/src/workspace/applications/spring/profileExpression.ts';
import {
  type SpringSettings,
  springApplications,
  variableNames,
} from '../../server/src/workspace/applications/spring/springSettings.ts';
import { deployment, graphOf, pom } from './applicationWorld.ts';

const POM = pom('org.springframework.boot:spring-boot-starter-data-jpa');

function settings(files: Readonly<Record<string, string>>, container = ''): SpringSettings {
  const graph = graphOf({ 'orders/pom.xml': POM, 'deploy/orders.yaml': deployment(container), ...files });
  const found = springApplications(graph);
  assert.equal(found.length, 1);
  return found[0]!;
}

const env = (variables: Readonly<Record<string, string>>) =>
  `          env:\n${Object.entries(variables)
    .map(([name, value]) => `            - { name: ${name}, value: ${JSON.stringify(value)} }\n`)
    .join('')}`;

const YAML = 'orders/src/main/resources/application.yaml';

describe('the settings of a Spring Boot application', () => {
  it('are those of the files, properties before YAML, later documents before earlier ones', () => {
    const found = settings({
      [YAML]: 'spring:\n  a: yaml\n  b: yaml\n---\nspring:\n  a: later\n',
      'orders/src/main/resources/application.properties': 'spring.b=properties\n',
    });
    assert.equal(found.get('spring.a')?.value, 'later');
    assert.equal(found.get('spring.b')?.value, 'properties');
    assert.deepEqual(
      found.get('spring.b')?.overridden.map(({ value }) => value),
      ['yaml'],
    );
    assert.equal(found.lacks('spring.c'), true);
  });

  it('take the documents of the active profiles, those of files after those of documents', () => {
    const files = {
      [YAML]:
        'spring:\n  a: base\n  d: base\n---\nspring:\n  config:\n    activate:\n      on-profile: production & !eu\n  a: production\n---\nspring:\n  config.activate.on-profile: test\n  d: test\n',
      'orders/src/main/resources/application-production.yaml': 'spring:\n  d: file\n',
    };
    const active = settings(files, env({ SPRING_PROFILES_ACTIVE: 'production,eu' }));
    assert.deepEqual([...active.profiles!], ['production', 'eu']);
    assert.equal(active.get('spring.a')?.value, 'base');
    assert.equal(active.get('spring.d')?.value, 'file');
    assert.equal(settings(files, env({ SPRING_PROFILES_ACTIVE: 'production' })).get('spring.a')?.value, 'production');
    assert.equal(settings(files).get('spring.d')?.value, 'base');
  });

  it('follow groups and includes of profiles', () => {
    const found = settings(
      { [YAML]: 'spring:\n  profiles:\n    include: [common]\n    group:\n      production: [db, queue]\n' },
      env({ SPRING_PROFILES_ACTIVE: 'production' }),
    );
    assert.deepEqual([...found.profiles!].sort(), ['common', 'db', 'production', 'queue']);
  });

  it('are overridden by variables, system properties, JSON and options, in that order', () => {
    const files = { [YAML]: 'spring:\n  jpa:\n    open-in-view: file\n' };
    const key = 'spring.jpa.open-in-view';
    const value = (container: string) => settings(files, container).get(key)?.value;
    assert.equal(value(''), 'file');
    const variable = { SPRING_JPA_OPENINVIEW: 'variable' };
    assert.equal(value(env(variable)), 'variable');
    assert.equal(value(env({ SPRING_JPA_OPEN_IN_VIEW: 'legacy' })), 'legacy');
    const property = { ...variable, JAVA_TOOL_OPTIONS: '-Xmx1g -Dspring.jpa.open-in-view=property' };
    assert.equal(value(env(property)), 'property');
    const json = { ...property, SPRING_APPLICATION_JSON: '{"spring":{"jpa":{"openInView":"json"}}}' };
    assert.equal(value(env(json)), 'json');
    assert.equal(value(`          args: ["--spring.jpa.open-in-view=option"]\n${env(json)}`), 'option');
  });

  it('come from a ConfigMap with its prefix, later ones first, and never from a Secret', () => {
    const found = settings(
      {
        [YAML]: 'spring:\n  a: file\n  b: file\n',
        'deploy/config.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one, namespace: shop }\ndata: { A: "1", B: "1" }\n---\napiVersion: v1\nkind: Secret\nmetadata: { name: two, namespace: shop }\nstringData: { SPRING_B: hidden }\n',
      },
      '          envFrom:\n            - prefix: SPRING_\n              configMapRef: { name: one }\n            - secretRef: { name: two }\n',
    );
    assert.equal(found.get('spring.a')?.value, '1');
    assert.equal(found.get('spring.a')?.resource.kind, 'ConfigMap');
    assert.notEqual(found.get('spring.b'), undefined);
    assert.equal(found.get('spring.b')?.value, undefined);
    assert.equal(found.lacks('spring.c'), true);
  });

  it('are not known to be absent where the environment is not known', () => {
    const found = settings(
      { [YAML]: 'spring:\n  a: 1\n' },
      '          envFrom:\n            - secretRef: { name: elsewhere }\n',
    );
    assert.equal(found.lacks('spring.c'), false);
    assert.equal(found.profiles, undefined);
  });

  it('are certain unless something that is not known may override them', () => {
    const files = { [YAML]: 'spring:\n  a: 1\n' };
    const certain = (container: string): boolean => {
      const found = settings(files, container);
      return found.isCertain(found.get('spring.a')!);
    };
    assert.equal(certain(''), true);
    assert.equal(certain('          envFrom:\n            - secretRef: { name: elsewhere }\n'), false);
    const both = `          envFrom:\n            - secretRef: { name: elsewhere }\n${env({ SPRING_A: '2' })}`;
    assert.equal(certain(both), true);
    assert.equal(certain('          args: ["{{ .Values.options }}"]\n'), false);
  });

  it('are not certain where the pod mounts a file of settings', () => {
    const volume = '      volumes:\n        - name: files\n          configMap: { name: files }\n';
    const certain = (key: string): boolean => {
      const map = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: files, namespace: shop }\ndata: { ${key}: x }\n`;
      const found = settings({ [YAML]: 'spring:\n  a: 1\n', 'deploy/files.yaml': map }, volume);
      return found.isCertain(found.get('spring.a')!);
    };
    assert.equal(certain('application-production.yaml'), false);
    assert.equal(certain('logback.xml'), true);
  });

  it('replace placeholders by settings, variables and defaults', () => {
    const found = settings(
      { [YAML]: 'spring:\n  a: "${HOST:localhost}:${PORT:5432}/${spring.b}"\n  b: "${NAME}"\n  c: "${UNKNOWN}"\n' },
      env({ HOST: 'db', NAME: 'orders' }),
    );
    assert.equal(found.get('spring.a')?.value, 'db:5432/orders');
    assert.equal(found.get('spring.c')?.value, undefined);
  });

  it('end in no loop', () => {
    assert.equal(
      settings({ [YAML]: 'spring:\n  a: "${spring.b}"\n  b: "${spring.a}"\n' }).get('spring.a')?.value,
      undefined,
    );
  });

  it('are unknown where a server of configuration may override them', () => {
    const files = { [YAML]: 'spring:\n  config:\n    import: "optional:configserver:http://config:8888"\n  a: file\n' };
    assert.equal(settings(files).get('spring.a')?.value, undefined);
    assert.equal(settings(files, env({ SPRING_A: 'variable' })).get('spring.a')?.value, 'variable');
  });

  it('are overridden by the files of a mounted Secret that they import', () => {
    const found = settings(
      {
        [YAML]: 'spring:\n  datasource:\n    password: literal\n    username: orders\n',
        'deploy/secret.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: { name: keys, namespace: shop }\nstringData: { spring.datasource.password: hidden }\n',
      },
      `${env({ SPRING_CONFIG_IMPORT: 'configtree:/etc/keys/' })}          volumeMounts:\n            - { name: keys, mountPath: /etc/keys }\n      volumes:\n        - name: keys\n          secret: { secretName: keys }\n`,
    );
    assert.equal(found.get('spring.datasource.password')?.value, undefined);
    assert.equal(found.get('spring.datasource.username')?.value, 'orders');
    assert.equal(found.lacks('spring.datasource.hikari.maximum-pool-size'), true);
  });

  it('are none in tests, charts and manifests of other things', () => {
    const graph = graphOf({
      'orders/src/test/resources/application.yaml': 'spring:\n  a: 1\n',
      'gitops/application.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspring: { a: 1 }\n',
      'quarkus/application.properties': 'quarkus.datasource.jdbc.url=jdbc:postgresql://db/x\n',
    });
    assert.deepEqual(
      graph.all().map(({ type }) => type),
      ['argoproj.io/Application'],
    );
  });
});

describe('the names of variables', () => {
  it('are those that Spring Boot tries', () => {
    assert.deepEqual(variableNames('my.list-of[0].a').slice(0, 2), ['MY_LISTOF_0_A', 'MY_LIST_OF_0_A']);
  });
});

describe('an expression of profiles', () => {
  const active = new Set(['production', 'eu']);
  for (const [expression, expected] of [
    ['production', true],
    ['!production', false],
    ['staging, eu', true],
    ['production & !eu', false],
    ['(staging | production) & eu', true],
    ['production &', undefined],
    ['(eu', undefined],
  ] as const) {
    it(`says ${expected} to ${expression}`, () => assert.equal(matchesProfiles(expression, active), expected));
  }
});
