//! Puts routes into an application.

use std::collections::BTreeMap;

use actix_web::Resource;
use actix_web::dev::{AppService, HttpServiceFactory};
use actix_web::web::{self, ServiceConfig};

use super::route::Route;

/// Routes by the parts of their paths: a request is compared with the parts at its place alone, not
/// with the path of every route.
#[derive(Default)]
struct Place {
    here: Vec<actix_web::Route>,
    /// What leads on from here: words, and behind them in their order a name in braces.
    below: BTreeMap<&'static str, Place>,
}

/// A place, and the part that leads to it.
struct Step(&'static str, Place);

/// Adds routes to an application: one resource a path, so that a wrong method answers 405. At a place
/// words come before a name in braces, in whichever order they are listed, and there is one name alone.
pub fn configure(config: &mut ServiceConfig, routes: &[Route]) {
    let mut root = Place::default();
    for route in routes {
        let parts = route.path.split('/').filter(|part| !part.is_empty());
        let place = parts.fold(&mut root, Place::at);
        place.here.push(route.build());
    }
    if !root.here.is_empty() {
        config.service(resource("/", root.here));
    }
    for (part, place) in root.below {
        config.service(Step(part, place));
    }
}

impl Place {
    /// The place to which a part leads from here.
    fn at<'a>(&'a mut self, part: &'static str) -> &'a mut Self {
        self.below.entry(part).or_default()
    }
}

impl HttpServiceFactory for Step {
    fn register(self, config: &mut AppService) {
        let Self(part, Place { here, below }) = self;
        let path = format!("/{part}");
        if below.is_empty() {
            return resource(&path, here).register(config);
        }
        let mut scope = web::scope(&path);
        if !here.is_empty() {
            scope = scope.service(resource("", here));
        }
        let steps = below.into_iter().map(|(part, place)| Step(part, place));
        steps.fold(scope, actix_web::Scope::service).register(config);
    }
}

fn resource(path: &str, routes: Vec<actix_web::Route>) -> Resource {
    routes.into_iter().fold(web::resource(path), Resource::route)
}

#[cfg(test)]
mod tests {
    use actix_web::http::Method;
    use actix_web::{App, HttpMessage as _, HttpRequest, test};

    use super::*;
    use crate::web::Access;
    use crate::web::route::Known;

    async fn told(request: HttpRequest) -> String {
        let places: Vec<&str> = request.match_info().iter().map(|(_, place)| place).collect();
        format!("{} {}", request.match_pattern().unwrap_or_default(), places.join(" "))
    }

    #[actix_web::test]
    async fn each_path_leads_to_its_own_route() {
        let paths =
            ["/", "/a/{id}", "/a/{id}/b/{of}", "/a/{id}/b/new", "/a/new", "/a.csv", "/f/{path:.*}"];
        let routes: Vec<Route> =
            paths.iter().map(|path| Route::get(path, Access::Public, told)).collect();
        let app = App::new().configure(|config| configure(config, &routes));
        let app = test::init_service(app).await;
        for (path, said) in [
            ("/", "/ "),
            ("/a/1", "/a/{id} 1"),
            ("/a/new", "/a/new "),
            ("/a/1/b/2", "/a/{id}/b/{of} 1 2"),
            ("/a/1/b/new", "/a/{id}/b/new 1"),
            ("/a/new/b/2", "/a/{id}/b/{of} new 2"),
            ("/a.csv", "/a.csv "),
            ("/f/x/y.css", "/f/{path:.*} x/y.css"),
        ] {
            let request = test::TestRequest::with_uri(path).to_request();
            request.extensions_mut().insert(Known);
            assert_eq!(test::call_and_read_body(&app, request).await, said, "{path}");
        }
        for (method, path, status) in [
            (Method::GET, "/a", 404),
            (Method::GET, "/a/1/", 404),
            (Method::GET, "/a/1/b", 404),
            (Method::GET, "/b", 404),
            (Method::POST, "/a/1", 405),
            (Method::POST, "/", 405),
        ] {
            let request = test::TestRequest::with_uri(path).method(method).to_request();
            request.extensions_mut().insert(Known);
            assert_eq!(test::call_service(&app, request).await.status(), status, "{path}");
        }
        let unknown = test::TestRequest::with_uri("/a/1").to_request();
        let status = test::call_service(&app, unknown).await.status();
        assert_eq!(status, 405, "what no guard has held against the route table isn't answered");
    }
}
