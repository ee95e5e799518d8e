/** What the OpenAPI document of a running server knows. */
export class Routes {
  private constructor(private readonly routes: { method: string; path: RegExp }[]) {}

  static async of(origin: string): Promise<Routes> {
    const answer = await fetch(`${origin}/api/openapi.json`);
    const { paths } = (await answer.json()) as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([path, methods]) => {
      const pattern = path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+');
      return Object.keys(methods).map((method) => ({
        method: method.toUpperCase(),
        path: new RegExp(`^${pattern}$`),
      }));
    });
    return new Routes(routes);
  }

  knows(method: string, path: string): boolean {
    return this.routes.some((route) => route.method === method && route.path.test(path));
  }

  /** The routes that a text names, as in `GET pages/{path}`, and the document does not. */
  unknownIn(text: string): string[] {
    const named = [...text.matchAll(/`(GET|PUT|POST|PATCH|DELETE) ([^`]+)`/g)];
    return named
      .filter(([, method = '', path = '']) => !wholePaths(path).every((whole) => this.knows(method, whole)))
      .map(([all]) => all);
  }
}

/** The paths that are meant: those without a slash in front are of a wiki, and what is in brackets may be left out. */
function wholePaths(written: string): string[] {
  const path = written.replace(/\?.*$/, '').replace('…/', '/api/v1/wikis/');
  const forms = path.includes('[') ? [path.replace(/\[.*?\]/, ''), path.replace(/[[\]]/g, '')] : [path];
  return forms.map((form) => (form.startsWith('/') ? form : `/@{owner}/{wiki}/api/v1/${form}`));
}
