//! TLS by certificates in files, which are read again when they are renewed.

use crate::LOG_TARGET;
use std::{
	path::PathBuf,
	sync::{Arc, PoisonError, RwLock},
	time::{Duration, SystemTime},
};
use tokio_rustls::{
	rustls::{
		crypto::ring,
		pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer},
		ServerConfig,
	},
	TlsAcceptor,
};

/// How often it is looked whether the files are others.
const LOOK: Duration = Duration::from_secs(10);

/// Where certificate and key are, in PEM.
#[derive(Clone, Debug)]
pub struct Files {
	/// The certificate, and those that lead to its authority behind it.
	pub certificates: PathBuf,
	/// Its private key.
	pub key: PathBuf,
}

/// Why files cannot be used. It tells nothing of what is in them.
#[derive(Debug, thiserror::Error)]
#[error("the certificate {certificates} with the key {key} cannot be used: {why}")]
pub struct TlsError {
	certificates: String,
	key: String,
	why: String,
}

/// What connections are made with now.
pub struct Tls {
	files: Files,
	config: RwLock<Arc<ServerConfig>>,
}

impl Files {
	fn load(&self) -> Result<Arc<ServerConfig>, TlsError> {
		let failed = |why: String| TlsError {
			certificates: self.certificates.display().to_string(),
			key: self.key.display().to_string(),
			why,
		};
		let certificates = CertificateDer::pem_file_iter(&self.certificates)
			.and_then(|found| found.collect::<Result<Vec<_>, _>>())
			.map_err(|why| failed(why.to_string()))?;
		let key = PrivateKeyDer::from_pem_file(&self.key).map_err(|why| failed(why.to_string()))?;
		let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
			.with_safe_default_protocol_versions()
			.and_then(|builder| builder.with_no_client_auth().with_single_cert(certificates, key))
			.map_err(|why| failed(why.to_string()))?;
		config.alpn_protocols = vec![b"http/1.1".to_vec(), b"http/1.0".to_vec()];
		Ok(Arc::new(config))
	}

	/// When they were written; links are followed, since that is how renewals are put in place.
	fn written(&self) -> [Option<SystemTime>; 2] {
		[&self.certificates, &self.key]
			.map(|path| std::fs::metadata(path).and_then(|data| data.modified()).ok())
	}
}

impl Tls {
	/// Reads the files.
	pub fn new(files: Files) -> Result<Self, TlsError> {
		let config = RwLock::new(files.load()?);
		Ok(Self { files, config })
	}

	/// Accepts a connection with the certificate of now.
	pub fn acceptor(&self) -> TlsAcceptor {
		self.config.read().unwrap_or_else(PoisonError::into_inner).clone().into()
	}

	/// Reads the files again whenever they change. What cannot be used changes nothing.
	pub async fn follow(&self) {
		let mut written = self.files.written();
		loop {
			tokio::time::sleep(LOOK).await;
			let now = self.files.written();
			if now == written {
				continue;
			}
			match self.files.load() {
				Ok(config) => {
					*self.config.write().unwrap_or_else(PoisonError::into_inner) = config;
					written = now;
					tracing::info!(target: LOG_TARGET, "Name server: the certificate was renewed");
				},
				// Certificate and key are written one after the other: the next look may find both.
				Err(why) => tracing::warn!(target: LOG_TARGET, %why, "Name server"),
			}
		}
	}
}
