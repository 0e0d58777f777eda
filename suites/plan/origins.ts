/** Origins, hosts and redirect URIs that a browser may come from or go to, wherever a resource lists them. */
import type { Infrastructure, PlannedResource } from './plan-input.ts';
import { isFields, isList, type Placed, Unknown, valueAt, valuesAt } from './value.ts';
import { workloadsOf } from './workloads.ts';

export interface PlacedOrigin extends Placed {
  readonly resource: PlannedResource;
  readonly title: string;
  /** Attribute or variable that lists it. */
  readonly name: string;
  /** Who may only read by it: a wildcard does less harm. */
  readonly readsOnly: boolean;
}

/** Resource type → attributes that list origins or redirect URIs. */
const attributes: Readonly<Record<string, readonly string[]>> = {
  aws_apigatewayv2_api: ['cors_configuration.allow_origins.*'],
  'AWS::ApiGatewayV2::Api': ['CorsConfiguration.AllowOrigins.*'],
  'AWS::Serverless::HttpApi': ['CorsConfiguration.AllowOrigins.*'],
  'AWS::Serverless::Api': ['Cors.AllowOrigin', 'Cors'],
  aws_lambda_function_url: ['cors.allow_origins.*'],
  'AWS::Lambda::Url': ['Cors.AllowOrigins.*'],
  aws_s3_bucket_cors_configuration: ['cors_rule.*.allowed_origins.*'],
  aws_s3_bucket: ['cors_rule.*.allowed_origins.*'],
  'AWS::S3::Bucket': ['CorsConfiguration.CorsRules.*.AllowedOrigins.*'],
  aws_cloudfront_response_headers_policy: ['cors_config.access_control_allow_origins.items.*'],
  'AWS::CloudFront::ResponseHeadersPolicy': ['ResponseHeadersPolicyConfig.CorsConfig.AccessControlAllowOrigins.Items.*'],
  aws_cognito_user_pool_client: ['callback_urls.*', 'logout_urls.*', 'default_redirect_uri'],
  'AWS::Cognito::UserPoolClient': ['CallbackURLs.*', 'LogoutURLs.*', 'DefaultRedirectURI'],
};

/** Names of variables that list origins, where the target file names none. */
const VARIABLE = /(?:CORS|ALLOWED|TRUSTED)_?(?:ALLOWED_)?(?:ORIGIN|HOST)S?$|(?:ORIGINS|REDIRECT_UR[IL]S?|CALLBACK_UR[IL]S?)$/i;

/** Every origin of the input; `variables` are those that the target file names for a workload. */
export function originsOf(input: Infrastructure, variables: (title: string) => readonly string[]): readonly PlacedOrigin[] {
  const listed = input.resources
    .filter(({ action }) => action !== 'delete' && action !== 'read')
    .flatMap((resource) =>
      (attributes[resource.type] ?? []).flatMap((pattern) =>
        valuesAt(resource.values, pattern.split('.'))
          .filter(({ value }) => !isFields(value) && !isList(value))
          .map((placed) => ({
            ...placed,
            resource,
            title: resource.address,
            name: pattern.replace(/\.\*$/, ''),
            readsOnly: readsOnly(resource, placed),
          })),
      ),
    );
  const configured = workloadsOf(input).flatMap(({ resource, title, environment, unseen }) => {
    const more =
      unseen === null ? [] : [{ value: new Unknown(unseen), path: [], resource, title, name: 'origins in its settings', readsOnly: false }];
    const named = variables(title);
    const seen = [...environment]
      .filter(([name]) => (named.length > 0 ? named.includes(name) : VARIABLE.test(name)))
      .flatMap(([name, { value, path }]) =>
        (typeof value === 'string' ? split(value) : [value]).map((one) => ({ value: one, path, resource, title, name, readsOnly: false })),
      );
    return [...more, ...seen];
  });
  return [...listed, ...configured];
}

/** Whether the origin stands in a rule of S3 that lets only GET and HEAD through. */
function readsOnly({ values }: PlannedResource, { path }: Placed): boolean {
  // The rule has a list of origins, in which the origin has its index.
  const rule = valueAt(values, path.slice(0, -2));
  const methods = isFields(rule) ? (rule['allowed_methods'] ?? rule['AllowedMethods']) : undefined;
  return isList(methods) && methods.length > 0 && methods.every((one) => one === 'GET' || one === 'HEAD');
}

/** A JSON list, or texts between commas, semicolons or spaces. */
function split(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list.filter((one) => typeof one === 'string');
  } catch {
    // Not JSON: a plain list.
  }
  return text
    .split(/[\s,;]+/)
    .map((one) => one.replaceAll(/^["'[]+|["'\]]+$/g, ''))
    .filter((one) => one !== '');
}
