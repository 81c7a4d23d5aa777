# A simulated EMR Serverless for trying the service out; never for production. Build it as the service's image:
#
#     ./mvnw package && docker build --file deploy/docker/simulator.Dockerfile --tag session-events-simulator .
FROM eclipse-temurin:25-jre

ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="session-events-simulator" \
      org.opencontainers.image.description="Simulated EMR Serverless, for trying session-events out" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"

COPY target/session-events-${VERSION}/lib /opt/simulator/lib
COPY target/test-classes /opt/simulator/classes

USER 10001:10001
EXPOSE 8088 8081
STOPSIGNAL SIGTERM

ENTRYPOINT ["java", "-Xmx96m", "-XX:+UseSerialGC", "-cp", "/opt/simulator/classes:/opt/simulator/lib/*", \
    "io.sessionevents.local.command.simulate.SimulatorMain", "simulate"]
CMD ["--host", "0.0.0.0"]
