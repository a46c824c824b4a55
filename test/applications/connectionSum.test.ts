import assert from 'node:assert/strict';
import { connectionSum, sumInWords } from '../../server/src/rules/parts/connectionSum.ts';
import { readDatabaseAddress } from '../../server/src/workspace/applications/databaseAddress.ts';
import { databaseClientsOf, serverOf } from '../../server/src/workspace/applications/databaseClients.ts';
import { databaseServerAt } from '../../server/src/workspace/applications/databaseServers.ts';
import { deployment, graphOf, pom } from './applicationWorld.ts';

const SOURCES = {
  'orders/pom.xml': pom('org.springframework.boot:spring-boot-starter-data-jpa'),
  'orders/src/main/resources/application.properties':
    'spring.datasource.url=jdbc:postgresql://db.data.svc.cluster.local:5432/orders\nspring.datasource.hikari.maximum-pool-size=8\n',
};

function server(container: string, rest = '', service = 'db', labels = 'db'): string {
  return `apiVersion: v1\nkind: Service\nmetadata: { name: ${service}, namespace: data }\nspec:\n  selector: { app: ${labels} }\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: ${labels}, namespace: data }\nspec:\n  template:\n    metadata:\n      labels: { app: ${labels} }\n    spec:\n      containers:\n        - name: ${labels}\n${container}${rest}`;
}

function limitOf(container: string, rest = '') {
  const graph = graphOf({ 'deploy/orders.yaml': deployment(), 'deploy/db.yaml': server(container, rest) });
  return databaseServerAt('db.data', graph.all('apps/Deployment')[0]!, graph)?.limit;
}

function sumOf(files: Readonly<Record<string, string>>): string | undefined {
  const graph = graphOf({ ...SOURCES, ...files });
  const [client] = databaseClientsOf(graph);
  const found = client && serverOf(client, graph);
  const sum = found && connectionSum(found, graph);
  const own = sum?.clients.find((other) => other.client === client);
  return sum && own && `${sumInWords(sum, own)} of ${sum.available}`;
}

const POSTGRES = '          image: postgres:17\n';

describe('the connections that a database admits', () => {
  for (const [name, container, count] of [
    ['by its default', POSTGRES, 100],
    ['by an argument', `${POSTGRES}          args: ["-c", "max_connections=250"]\n`, 250],
    ['by the last argument', `${POSTGRES}          args: [-c, max_connections=250, "-cmax_connections=300"]\n`, 300],
    ['by -N', `${POSTGRES}          args: ["-N", "70"]\n`, 70],
    ['in a shell line', `${POSTGRES}          command: [sh, -c, "exec postgres -c max_connections=90"]\n`, 90],
    ['of MySQL by its default', '          image: mysql:8.4\n', 151],
    ['of MySQL by an argument', '          image: mariadb:11\n          args: ["--max-connections=400"]\n', 400],
  ] as const) {
    it(`are found ${name}`, () => assert.equal(limitOf(container)?.count, count));
  }

  it('are found in a mounted file', () => {
    const map =
      '      volumes:\n        - name: c\n          configMap: { name: conf }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: conf, namespace: data }\ndata:\n  postgresql.conf: |\n    # max_connections = 5\n    max_connections = 321\n';
    assert.equal(limitOf(POSTGRES, map)?.count, 321);
  });

  it('are unknown where something that is not read may set them', () => {
    assert.equal(limitOf(`${POSTGRES}          args: ["-c", "config_file=/etc/postgres.conf"]\n`), undefined);
    assert.equal(
      limitOf(POSTGRES, '      volumes:\n        - name: c\n          configMap: { name: elsewhere }\n'),
      undefined,
    );
    assert.equal(limitOf(`${POSTGRES}          envFrom:\n            - secretRef: { name: x }\n`), undefined);
  });

  it('are found in the parameter group of a managed database, by its name or by a DNS record', () => {
    const terraform =
      'variable "connections" {\n  default = 300\n}\nresource "aws_db_instance" "main" {\n  identifier = "orders"\n  engine = "postgres"\n  parameter_group_name = aws_db_parameter_group.main.name\n}\nresource "aws_db_parameter_group" "main" {\n  parameter {\n    name  = "max_connections"\n    value = tostring(var.connections)\n  }\n}\nresource "aws_route53_record" "main" {\n  name    = "orders.shop.internal"\n  type    = "CNAME"\n  records = [aws_db_instance.main.address]\n}\n';
    const graph = graphOf({ 'deploy/orders.yaml': deployment(), 'terraform/main.tf': terraform });
    const from = graph.all('apps/Deployment')[0]!;
    for (const host of ['orders.abc.eu-west-1.rds.amazonaws.com', 'orders.shop.internal']) {
      const found = databaseServerAt(host, from, graph);
      assert.equal(found?.name, 'aws_db_instance.main');
      assert.equal(found?.limit?.count, 300);
    }
    assert.equal(databaseServerAt('other.shop.internal', from, graph), undefined);
  });

  it('are those of a cluster of CloudNativePG', () => {
    const graph = graphOf({
      'deploy/orders.yaml': deployment(),
      'deploy/db.yaml':
        'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: db, namespace: shop }\nspec:\n  postgresql:\n    parameters: { max_connections: "200" }\n',
    });
    const found = databaseServerAt('db-rw', graph.all('apps/Deployment')[0]!, graph);
    assert.equal(found?.limit?.count, 200);
  });
});

describe('the sum over a database', () => {
  const db = server(`${POSTGRES}          args: ["-c", "max_connections=30"]\n`);

  it('multiplies pods and pool, and adds the surge of a rollout', () => {
    assert.equal(
      sumOf({ 'deploy/orders.yaml': deployment(), 'deploy/db.yaml': db }),
      '2 pods of Deployment orders × 8 connections + 1 pod of a rollout of Deployment orders × 8 connections = 24 of 27',
    );
  });

  it('takes the most pods of an autoscaler', () => {
    const scaler =
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: orders, namespace: shop }\nspec:\n  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: orders }\n  maxReplicas: 5\n';
    assert.equal(
      sumOf({ 'deploy/orders.yaml': deployment('', ''), 'deploy/db.yaml': db, 'deploy/hpa.yaml': scaler }),
      '5 pods of Deployment orders × 8 connections = 40 of 27',
    );
  });

  it('knows no sum where replicas or the size of the pool are not known', () => {
    const open = deployment('          envFrom:\n            - secretRef: { name: x }\n');
    const withoutPool = {
      'orders/src/main/resources/application.properties':
        SOURCES['orders/src/main/resources/application.properties'].split('\n')[0]!,
    };
    assert.equal(sumOf({ ...withoutPool, 'deploy/orders.yaml': open, 'deploy/db.yaml': db }), undefined);
    assert.equal(
      sumOf({ 'deploy/orders.yaml': deployment('', '  replicas: "{{ x }}"\n'), 'deploy/db.yaml': db }),
      undefined,
    );
  });

  it('ends at a pooler, which opens connections of its own', () => {
    const bouncer = server(
      '          image: edoburu/pgbouncer:1.24\n          env:\n            - { name: DB_HOST, value: real.data }\n            - { name: MAX_CLIENT_CONN, value: "20" }\n            - { name: DEFAULT_POOL_SIZE, value: "5" }\n',
    );
    const real = server(`${POSTGRES}          args: ["-c", "max_connections=30"]\n`, '', 'real', 'real');
    const files = { 'deploy/orders.yaml': deployment(), 'deploy/db.yaml': bouncer, 'deploy/real.yaml': real };
    assert.equal(
      sumOf(files),
      '2 pods of Deployment orders × 8 connections + 1 pod of a rollout of Deployment orders × 8 connections = 24 of 20',
    );
    const graph = graphOf({ ...SOURCES, ...files });
    const behind = databaseServerAt('real.data', graph.all('apps/Deployment')[0]!, graph)!;
    assert.equal(connectionSum(behind, graph)?.steady, 5);
  });
});

describe('the address of a database', () => {
  for (const [text, engine, host, port, database] of [
    ['jdbc:postgresql://db:5433/orders?ssl=true', 'postgresql', 'db', 5433, 'orders'],
    ['postgres://u:p@db.data/x', 'postgresql', 'db.data', undefined, 'x'],
    ['postgresql+asyncpg://u@db:5432/x', 'postgresql', 'db', 5432, 'x'],
    ['r2dbc:pool:mysql://db/x', 'mysql', 'db', undefined, 'x'],
    ['jdbc:sqlserver://db:1433;databaseName=x', 'sqlserver', 'db', 1433, 'databaseName=x'],
    ['jdbc:h2:mem:test', 'h2', undefined, undefined, undefined],
  ] as const) {
    it(`is read from ${text}`, () => {
      const address = readDatabaseAddress(text);
      assert.deepEqual([address?.engine, address?.host, address?.port], [engine, host, port]);
      if (engine !== 'sqlserver') assert.equal(address?.database, database);
    });
  }

  it('is none of several hosts, of the web, or of nothing', () => {
    for (const text of ['jdbc:postgresql://a:5432,b:5432/x', 'https://db/x', '', 'db:5432', '${URL}'])
      assert.equal(readDatabaseAddress(text), undefined, text);
  });

  it('tells whether a password stands in it', () => {
    assert.equal(readDatabaseAddress('postgres://u:secret@db/x')?.hasPassword, true);
    assert.equal(readDatabaseAddress('postgres://u@db/x')?.hasPassword, false);
  });
});
