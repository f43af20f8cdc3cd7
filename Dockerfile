# Node 24 is the version to run Parley on; 20.19 is the oldest it starts on.
FROM node:24-slim AS manifests
WORKDIR /parley
COPY package.json package-lock.json .npmrc ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY widget/package.json widget/
COPY console/package.json console/
COPY e2e/package.json e2e/

FROM manifests AS build
RUN npm ci --ignore-scripts --include=dev
COPY . .
RUN npm run build -- --all

# What the server needs while it runs, without the clients' and the tests' packages.
FROM manifests AS packages
RUN npm ci --ignore-scripts --omit=dev --workspace=@parley/server

FROM node:24-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /parley
COPY --from=packages /parley/node_modules node_modules/
COPY --from=packages /parley/package.json ./
COPY --from=packages /parley/server/package.json server/
COPY --from=build /parley/server/dist server/dist/
COPY --from=build /parley/widget/dist widget/dist/
COPY --from=build /parley/console/dist console/dist/
COPY LICENSE NOTICE ./
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "server/dist/main.js"]
