/** D-22: the test user cannot sign in: password change forced, sign-in flow off. */
import { createHmac } from 'node:crypto';
import type { AuthFlowType, InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider';
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { orMissing, told } from './answers.ts';
import { stateThat } from './state-that.ts';

/** What Cognito says of a sign-in that it understood and refuses; anything else says nothing of the user. */
const REFUSED =
  /^(NotAuthorizedException|UserNotFoundException|UserNotConfirmedException|PasswordResetRequiredException|InvalidParameterException)$/;

export default resourceCheck<'userPools', Resource<'userPools'>>({
  title: 'the pool’s client allows the sign-in flow, and the test user signs in by it',
  level: 'must',
  incidents: ['D-22'],
  of: 'userPools',
  async ask({ resource: { id, clientId, flow, username }, aws, door, secret }) {
    const cognito = await aws.client('cognito-idp');
    const answer = await orMissing(cognito.describeUserPoolClient({ UserPoolId: id, ClientId: clientId }), ['ResourceNotFoundException']);
    const where = `client ${clientId} of user pool ${id}`;
    if (answer === null) return [{ what: where, expected: 'a client', got: 'none', mend: 'deploy it, or correct pool and client' }];
    const { ExplicitAuthFlows = [], ClientSecret } = told(answer.UserPoolClient, where);
    if (ClientSecret !== undefined) door.learnSecret(ClientSecret);
    const wanted = `ALLOW_${flow}`;
    const allowed = ExplicitAuthFlows.some((one) => one === wanted || (flow === 'ADMIN_USER_PASSWORD_AUTH' && one === 'ADMIN_NO_SRP_AUTH'));
    const statements: Statement[] = [
      stateThat(allowed, {
        what: `flows of ${where}`,
        expected: wanted,
        got: ExplicitAuthFlows.join(', ') || 'none',
        mend: `allow ${wanted} for the client`,
      }),
    ];
    const password = secret('password');
    if (username === undefined || password === null) return statements;
    const user = await orMissing(cognito.adminGetUser({ UserPoolId: id, Username: username }), ['UserNotFoundException']);
    const mend = `set a permanent password of ${username} and enable it`;
    statements.push({
      what: `status of user ${username}`,
      expected: 'CONFIRMED',
      got: user === null ? 'no such user' : user.Enabled === false ? 'disabled' : told(user.UserStatus, 'status'),
      mend,
    });
    const hash =
      ClientSecret === undefined
        ? {}
        : { SECRET_HASH: createHmac('sha256', ClientSecret).update(`${username}${clientId}`).digest('base64') };
    const asked = {
      ClientId: clientId,
      AuthFlow: flow as AuthFlowType,
      AuthParameters: { USERNAME: username, PASSWORD: password, ...hash },
    };
    const signIn = (): Promise<InitiateAuthResponse> =>
      flow === 'USER_PASSWORD_AUTH' ? cognito.initiateAuth(asked) : cognito.adminInitiateAuth({ ...asked, UserPoolId: id });
    const got = await signIn().then(
      ({ AuthenticationResult, ChallengeName }) => {
        for (const token of [AuthenticationResult?.AccessToken, AuthenticationResult?.IdToken, AuthenticationResult?.RefreshToken])
          if (token !== undefined) door.learnSecret(token);
        return AuthenticationResult?.AccessToken === undefined ? `the challenge ${ChallengeName ?? 'of no name'}` : 'tokens';
      },
      (error: unknown) => {
        if (error instanceof Error && REFUSED.test(error.name)) return `${error.name}: ${error.message}`;
        throw error;
      },
    );
    return [...statements, { what: `sign-in of ${username} by ${flow}`, expected: 'tokens', got, mend }];
  },
});
