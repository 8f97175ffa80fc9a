//! The methods of `DriveService`.

use sanben_host::{answer, open};
use sanben_proto::ledger::drive_service_server::DriveService;
use sanben_proto::ledger::{
    CloseDriveRequest, CloseDriveResponse, GetDriveRequest, GetDriveResponse, ListDriveCasesRequest, ListDriveCasesResponse,
    ListDrivesRequest, ListDrivesResponse, OpenDriveRequest, OpenDriveResponse,
};
use tonic::{Request, async_trait};

use super::{Answer, Api};
use crate::programme::drive::{self, close_drive, open_drive};

#[async_trait]
impl DriveService for Api {
    async fn open_drive(&self, request: Request<OpenDriveRequest>) -> Answer<OpenDriveResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, open_drive::run(&self.ledger, &call, input).await)
    }

    async fn get_drive(&self, request: Request<GetDriveRequest>) -> Answer<GetDriveResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, drive::get(&self.ledger, &call, input).await)
    }

    async fn list_drives(&self, request: Request<ListDrivesRequest>) -> Answer<ListDrivesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, drive::list(&self.ledger, &call, input).await)
    }

    async fn list_drive_cases(&self, request: Request<ListDriveCasesRequest>) -> Answer<ListDriveCasesResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, drive::list_cases(&self.ledger, &call, input).await)
    }

    async fn close_drive(&self, request: Request<CloseDriveRequest>) -> Answer<CloseDriveResponse> {
        let (call, input) = open(request);
        answer(&self.ledger, &call, close_drive::run(&self.ledger, &call, input).await)
    }
}
