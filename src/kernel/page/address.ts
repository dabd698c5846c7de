/** Where this extension's files lie: the folder of the script that runs now, which is the extension's entry. */
export const extensionAddress = new URL(".", (document.currentScript as HTMLScriptElement).src).href;
