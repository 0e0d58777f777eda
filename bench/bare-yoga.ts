/** The registry's peer: GraphQL Yoga by itself, in a process of its own, that answers `me` from a constant. Prints its URL; ends when stdin closes. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSchema, createYoga } from 'graphql-yoga';

const role = { name: 'ReadWriteQuiltBucket' };
const me = { name: 'user', email: 'user@example.com', isAdmin: false, role, roles: [role] };
const schema = createSchema({
  typeDefs: /* GraphQL */ `
    type Role { name: String! }
    type Me { name: String! email: String! isAdmin: Boolean! role: Role! roles: [Role!]! }
    type Query { me: Me }
  `,
  resolvers: { Query: { me: () => me } },
});
const server = createServer(createYoga({ schema, graphiql: false, landingPage: false, logging: false }));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql\n`);
});
process.stdin.resume().once('close', () => {
  server.close();
  server.closeAllConnections();
});
