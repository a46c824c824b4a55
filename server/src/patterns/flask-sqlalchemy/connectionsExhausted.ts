import { GUNICORN_SETTINGS, PYTHON_SETTINGS } from '../../languages/python/pythonLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { exhaustedConnections, POOL_OWNERS } from '../../rules/parts/connectionSum.ts';

/** Each worker process has a pool of its own, so the sum grows with workers and pods. */
export const rule = defineRule({
  id: 'flask-sqlalchemy/connections-exhausted',
  severity: 'warning',
  profile: 'recommended',
  types: [...POOL_OWNERS, PYTHON_SETTINGS, GUNICORN_SETTINGS],
  check: (resource, graph) => exhaustedConnections('flask-sqlalchemy', resource, graph),
});
