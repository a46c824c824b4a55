import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const APPLICATIONS_PER_NAMESPACE = 25;

/**
 * Writes `count` manifests, one per file, the way a team keeps them: each application has a folder with a Deployment, a
 * Service, a HorizontalPodAutoscaler and a ConfigMap, and 25 applications share a namespace. There is little to find in
 * them, as in manifests that are checked every day.
 */
export async function writeManifests(folder: string, count: number): Promise<void> {
  for (let index = 0; index * 4 < count; index++) {
    const { namespace, name, files } = application(index);
    const home = path.join(folder, namespace, name);
    await mkdir(home, { recursive: true });
    for (const [file, text] of Object.entries(files).slice(0, count - index * 4)) {
      await writeFile(path.join(home, file), text);
    }
  }
}

/** One file of `count` small Deployments, about 10 MB for 30,000 of them. */
export function manyDeployments(count: number): string {
  const documents: string[] = [];
  for (let index = 0; index < count; index++) {
    documents.push(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
  namespace: team-${index % 40}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: app-${index}
  template:
    metadata:
      labels:
        app: app-${index}
    spec:
      containers:
        - name: web
          image: registry.example.com/app-${index}:1.4.2
`);
  }
  return documents.join('---\n');
}

/** The `index`th application: its folder's name and its files. */
export function application(index: number): {
  readonly namespace: string;
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
} {
  const name = `app-${index}`;
  const namespace = `team-${Math.floor(index / APPLICATIONS_PER_NAMESPACE)}`;
  return {
    namespace,
    name,
    files: {
      'deployment.yaml': deployment(name, namespace, index),
      'service.yaml': service(name, namespace),
      'autoscaler.yaml': autoscaler(name, namespace),
      'configuration.yaml': configuration(name, namespace, index),
    },
  };
}

function deployment(name: string, namespace: string, index: number): string {
  return `# What ${name} runs.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/version: "1.${index}.0"
spec:
  revisionHistoryLimit: 5
  progressDeadlineSeconds: 600
  minReadySeconds: 10
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/version: "1.${index}.0"
    spec:
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 40
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: registry.example.com/shop/${name}:1.${index}.0
          args: ["--port", "8080", "--log-level=info"]
          envFrom:
            - configMapRef:
                name: ${name}
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
          ports:
            - name: http
              containerPort: 8080
          startupProbe:
            httpGet: { path: /health/live, port: http }
            failureThreshold: 30
            periodSeconds: 2
          readinessProbe:
            httpGet: { path: /health/ready, port: http }
            periodSeconds: 5
          livenessProbe:
            httpGet: { path: /health/live, port: http }
            periodSeconds: 10
          lifecycle:
            preStop:
              exec:
                command: ["sleep", "10"] # until no proxy sends here any more
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
`;
}

function service(name: string, namespace: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

function autoscaler(name: string, namespace: string): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
  minReplicas: 2
  maxReplicas: 6
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
`;
}

function configuration(name: string, namespace: string, index: number): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
data:
  GREETING: "hello from ${name}"
  CACHE_SECONDS: "${index % 60}"
  application.properties: |
    server.port=8080
    # Nobody reads the log of every request.
    logging.level.web=warn
`;
}
