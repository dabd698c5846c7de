// What every runtime of the project has (Node, browsers, their workers) and the language's own library does not declare. The
// compiler's declarations of a runtime take the place of these where they are loaded.

/** Text whose characters are bytes (0 to 255) as base64 (RFC 4648, section 4). */
declare function btoa(bytes: string): string;
/** What `btoa` was given. */
declare function atob(base64: string): string;
