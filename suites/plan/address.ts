/** Addresses of resources, as Terraform and CloudFormation write them. */

/** An address, or a reference, without the indices of `count` and `for_each`, whose keys may hold any character: the configuration has each resource once. */
export const withoutIndices = (address: string): string => address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
