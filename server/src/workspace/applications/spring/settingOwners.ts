import { SPRING_SETTINGS } from '../../../languages/java/springSettings.ts';
import { WORKLOAD_TYPES } from '../../kubernetes/workload.ts';
import type { ResourceType } from '../../resource.ts';

/** Everything that may set a property of Spring Boot: its own files, the environment, the command line, the image. */
export const SETTING_OWNERS: readonly ResourceType[] = [
  SPRING_SETTINGS,
  'ConfigMap',
  'docker/Dockerfile',
  ...WORKLOAD_TYPES,
];
