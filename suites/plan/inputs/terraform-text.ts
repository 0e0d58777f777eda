/** Tells Terraform's language from other texts, without its parser. */

/** Whether a text is Terraform's language, or means to be. */
export const isTerraform = (text: string): boolean =>
  /^[ \t]*(?:resource|data)\s+"[^"\n]+"\s+"[^"\n]+"\s*\{|^[ \t]*(?:module|variable|output|provider)\s+"[^"\n]+"\s*\{|^[ \t]*(?:locals|terraform)\s*\{/m.test(
    text,
  );
