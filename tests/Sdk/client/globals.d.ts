// All that the program needs of Node.
declare const process: { argv: string[] };
