import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/spring-data/pattern.ts';
import { exampleSnapshot } from '../../catalog/exampleWorkspace.ts';
import type { ExampleFile } from '../../catalog/readReadme.ts';

const workload = (variable: string, value: string) => ({
  name: 'deploy/orders.yaml',
  text: `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: orders, namespace: shop }\nspec:\n  template:\n    spec:\n      containers:\n        - name: orders\n          image: registry.example.com/orders:1.0.0\n          env: [{ name: ${variable}, value: "${value}" }]\n`,
});
const URL = 'jdbc:postgresql://database:5432/orders';
const DATABASE = {
  name: 'deploy/database.yaml',
  text: 'apiVersion: v1\nkind: Service\nmetadata: { name: database, namespace: shop }\nspec:\n  selector: { app: database }\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: database, namespace: shop }\nspec:\n  template:\n    metadata: { labels: { app: database } }\n    spec:\n      containers: [{ name: postgres, image: "postgres:18.0" }]\n',
};
const SERVICE = {
  name: 'deploy/other.yaml',
  text: 'apiVersion: v1\nkind: Service\nmetadata: { name: other, namespace: shop }\n',
};
const POM = {
  name: 'orders/pom.xml',
  text: '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies></project>\n',
};

function uses(...files: ExampleFile[]): string[] {
  return [...pattern.recognize(exampleSnapshot(files).graph)].map(
    ({ name, missing, participants }) =>
      `${name} (${participants.map(({ role }) => role).join(', ')}) misses ${missing.join(', ') || 'nothing'}`,
  );
}

describe('a Spring application whose sources lie elsewhere', () => {
  it('is known by the address of its database', () => {
    assert.deepEqual(uses(workload('SPRING_DATASOURCE_URL', URL), DATABASE), [
      'orders (settings, workload, database) misses nothing',
    ]);
    assert.deepEqual(uses(workload('SPRING_R2DBC_URL', URL.replace('jdbc', 'r2dbc')), DATABASE), [
      'orders (settings, workload, database) misses nothing',
    ]);
  });

  it('misses no database: a chart may bring it', () => {
    assert.deepEqual(uses(workload('SPRING_DATASOURCE_URL', URL), SERVICE), [
      'orders (settings, workload) misses nothing',
    ]);
  });

  it('is one with its sources where they are here', () => {
    assert.deepEqual(
      uses(workload('SPRING_DATASOURCE_URL', URL), DATABASE, POM).map((use) => use.split(' misses')[0]),
      ['orders (build, workload, settings, database)'],
    );
  });

  it('is not seen in other variables, and in databases within the program', () => {
    assert.deepEqual(uses(workload('DATABASE_URL', URL), DATABASE), []);
    assert.deepEqual(uses(workload('SPRING_DATASOURCE_URL', 'jdbc:h2:mem:orders'), DATABASE), []);
  });
});
