/** The files of a Spring Boot application with JPA, Flyway and PostgreSQL, by their path below its folder. */
export function springSources(name: string): Readonly<Record<string, string>> {
  return {
    'pom.xml': pom(name),
    'src/main/java/com/example/service/Application.java': APPLICATION,
    'src/main/resources/application.yaml': settings(name),
    'src/main/resources/db/migration/V1__create_items.sql': MIGRATION,
    Dockerfile: DOCKERFILE,
    '.dockerignore': DOCKERIGNORE,
  };
}

const LIBRARIES = [
  'org.springframework.boot:spring-boot-starter-web',
  'org.springframework.boot:spring-boot-starter-data-jpa',
  'org.springframework.boot:spring-boot-starter-actuator',
  'org.flywaydb:flyway-database-postgresql',
  'org.postgresql:postgresql:runtime',
];

function pom(name: string): string {
  const dependencies = LIBRARIES.map((library) => {
    const [group, artifact, scope] = library.split(':');
    const scoped = scope === undefined ? '' : `\n      <scope>${scope}</scope>`;
    return `    <dependency>\n      <groupId>${group}</groupId>\n      <artifactId>${artifact}</artifactId>${scoped}\n    </dependency>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>

  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>3.5.7</version>
    <relativePath/>
  </parent>

  <groupId>com.example</groupId>
  <artifactId>${name}</artifactId>
  <version>1.0.0</version>

  <properties>
    <java.version>21</java.version>
  </properties>

  <dependencies>
${dependencies.join('')}  </dependencies>

  <build>
    <finalName>application</finalName>
    <plugins>
      <plugin>
        <groupId>org.springframework.boot</groupId>
        <artifactId>spring-boot-maven-plugin</artifactId>
      </plugin>
    </plugins>
  </build>
</project>
`;
}

const APPLICATION = `package com.example.service;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Application {
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }
}
`;

function settings(name: string): string {
  return `# For a developer's machine; the environment of the Deployment overrides what differs there.
spring:
  application:
    name: ${name}
  datasource:
    url: jdbc:postgresql://localhost:5432/${name}
    username: ${name}
    hikari:
      # For each pod.
      maximum-pool-size: 10
      # Shorter than any caller waits.
      connection-timeout: 2000
      max-lifetime: 1740000
  jpa:
    open-in-view: false
    hibernate:
      ddl-auto: validate
  # Migrations run once, in a Job, and not in every replica that starts.
  flyway:
    enabled: false
  lifecycle:
    timeout-per-shutdown-phase: 20s

server:
  port: 8080
  shutdown: graceful

management:
  endpoint:
    health:
      probes:
        enabled: true
        add-additional-paths: true
      group:
        readiness:
          include: readinessState,db
`;
}

const MIGRATION = `CREATE TABLE items (
    id   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL
);
`;

const DOCKERFILE = `# syntax=docker/dockerfile:1

FROM maven:3.9.11-eclipse-temurin-21 AS build
WORKDIR /src
# The dependencies are a layer of their own: they change less often than the code.
COPY pom.xml ./
RUN --mount=type=cache,target=/root/.m2 mvn --batch-mode dependency:go-offline
COPY src/ src/
RUN --mount=type=cache,target=/root/.m2 mvn --batch-mode package

FROM eclipse-temurin:21.0.8_9-jre-alpine-3.22
WORKDIR /opt/application
COPY --from=build /src/target/application.jar ./
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=66.0", "-XX:+ExitOnOutOfMemoryError", "-jar", "application.jar"]
`;

const DOCKERIGNORE = `*
!pom.xml
!src/
`;
